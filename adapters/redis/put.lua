-- Stores a letter and turns its claim to queued.
-- KEYS: the claim, the letter, its lane; due, busy, since: see outbox.go.
-- ARGV: nonce, the letter's id, its lane's, its group's, the sealed letter,
-- first try (ms), not before (ms), tries, ambiguous, how long all is kept (ms),
-- how many letters may wait, the caller's time (ms).
-- Returns 1, 0 when another holds the claim, or 2 when too many wait.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local is = redis.call('TYPE', KEYS[1]).ok
if is ~= 'hash' and is ~= 'none' then redis.call('DEL', KEYS[1]) end -- nothing is written yet, or a full Redis would take this
local c = redis.call('HMGET', KEYS[1], 's', 'n', 'u')
if c[1] == 'Q' or c[1] == 'D' then return 1 end
if c[1] and c[2] ~= ARGV[1] and now < (tonumber(c[3]) or 0) then return 0 end
if redis.call('ZCARD', KEYS[6]) >= tonumber(ARGV[11]) then return 2 end
local keep, since, due = ARGV[10], tonumber(ARGV[6]), tonumber(ARGV[7])
local ahead = now - ARGV[12]
if math.abs(ahead) > 1000 then -- by more than a call may take: the caller's clock is wrong
  since = since + ahead
  if due > 0 then due = due + ahead end
end
redis.call('HSET', KEYS[1], 's', 'Q', 'n', ARGV[1])
redis.call('PEXPIRE', KEYS[1], keep)
redis.call('HSET', KEYS[2], 'b', ARGV[5], 's', since, 'nb', due, 't', ARGV[8], 'a', ARGV[9], 'g', ARGV[4])
redis.call('PEXPIRE', KEYS[2], keep)
if redis.call('RPUSH', KEYS[3], ARGV[2]) == 1 and not redis.call('ZSCORE', KEYS[5], ARGV[3]) then
  redis.call('ZADD', KEYS[4], due, ARGV[3])
end
redis.call('ZADD', KEYS[6], since, ARGV[2])
for i = 3, 6 do
  if redis.call('EXISTS', KEYS[i]) == 1 then redis.call('PEXPIRE', KEYS[i], keep) end
end
return 1
