-- Stores a letter and turns its claim to queued.
-- KEYS: the claim, the letter, its lane; due, busy, since: see outbox.go.
-- ARGV: nonce, the letter's id, its lane's, its group's, the sealed letter,
-- first try (ms), not before (ms), tries, ambiguous, how long all is kept (ms).
-- Returns 0 when another holds the claim.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then redis.call('DEL', KEYS[1]) end
local c = redis.call('HMGET', KEYS[1], 's', 'n', 'u')
if c[1] == 'Q' or c[1] == 'D' then return 1 end
if c[1] and c[2] ~= ARGV[1] and now < (tonumber(c[3]) or 0) then return 0 end
local keep = ARGV[10]
redis.call('HSET', KEYS[1], 's', 'Q', 'n', ARGV[1])
redis.call('PEXPIRE', KEYS[1], keep)
redis.call('HSET', KEYS[2], 'b', ARGV[5], 's', ARGV[6], 'nb', ARGV[7], 't', ARGV[8], 'a', ARGV[9], 'g', ARGV[4])
redis.call('PEXPIRE', KEYS[2], keep)
if redis.call('RPUSH', KEYS[3], ARGV[2]) == 1 and not redis.call('ZSCORE', KEYS[5], ARGV[3]) then
  redis.call('ZADD', KEYS[4], ARGV[7], ARGV[3])
end
redis.call('ZADD', KEYS[6], ARGV[6], ARGV[2])
for i = 3, 6 do
  if redis.call('EXISTS', KEYS[i]) == 1 then redis.call('PEXPIRE', KEYS[i], keep) end
end
return 1
