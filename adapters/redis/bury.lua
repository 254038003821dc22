-- Sets up an owner's tombstone. Returns the time on it (µs), then the names of
-- what the owner has, each with when it expires.
-- KEYS: the owner's set, its tombstone. ARGV: how long the tombstone stands (ms).
local t = redis.call('TIME')
local now = string.format('%.0f', t[1] * 1000000 + t[2])
redis.call('SET', KEYS[2], now, 'PX', ARGV[1])
if redis.call('TYPE', KEYS[1]).ok ~= 'zset' then
  redis.call('DEL', KEYS[1])
  return {now}
end
local found = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
table.insert(found, 1, now)
return found
