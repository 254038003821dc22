-- Writes down how a try went, if the lane is still the worker's.
-- KEYS: due, busy, since, dead, holders. ARGV: what all keys begin with, the
-- worker's token, the lane, the letter's id, the outcome (delivery.Outcome: 1
-- sent, 2 later, 3 unsure, 4 never), for how long to wait (ms), the lane or group
-- that a Retry-After holds for or '', how old a letter gets (ms), how long what became of it is
-- remembered (ms), how long the dead are counted (ms), how long all is kept (ms).
-- Returns 0 when the lane is another's.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local base, lane, id, outcome = ARGV[1], ARGV[3], ARGV[4], tonumber(ARGV[5])
if redis.call('HGET', KEYS[5], lane) ~= ARGV[2] then return 0 end
redis.call('ZREM', KEYS[2], lane)
redis.call('HDEL', KEYS[5], lane)
local letter = base .. 'letter:' .. id
local due = now
if outcome == 1 or outcome == 4 then
  redis.call('LPOP', base .. 'lane:' .. lane)
  redis.call('DEL', letter)
  redis.call('ZREM', KEYS[3], id)
  redis.call('HSET', base .. 'claim:' .. id, 's', 'D')
  redis.call('PEXPIRE', base .. 'claim:' .. id, ARGV[9])
  if outcome == 4 then
    redis.call('INCR', KEYS[4])
    redis.call('PEXPIRE', KEYS[4], ARGV[10])
  end
elseif redis.call('EXISTS', letter) == 1 then
  redis.call('HINCRBY', letter, 't', 1)
  redis.call('HSET', letter, 'nb', 0)
  if outcome == 3 then redis.call('HSET', letter, 'a', '1') end
  local over = (tonumber(redis.call('HGET', letter, 's')) or 0) + ARGV[8]
  due = math.min(now + ARGV[6], over)
  if ARGV[7] ~= '' and tonumber(ARGV[6]) > 0 then
    local paused = base .. 'pause:' .. ARGV[7]
    if now + ARGV[6] > (tonumber(redis.call('GET', paused) or 0) or 0) then redis.call('SET', paused, now + ARGV[6], 'PX', ARGV[6]) end
  end
end
if redis.call('LLEN', base .. 'lane:' .. lane) > 0 then
  redis.call('ZADD', KEYS[1], due, lane)
  redis.call('PEXPIRE', KEYS[1], ARGV[11])
end
return 1
