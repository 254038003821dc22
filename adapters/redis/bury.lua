-- Sets up an owner's tombstone and returns the names of what it owns, each
-- with when it expires.
-- KEYS: the owner's set, its tombstone. ARGV: how long the tombstone stands (ms).
local t = redis.call('TIME')
redis.call('SET', KEYS[2], string.format('%.0f', t[1] * 1000000 + t[2]), 'PX', ARGV[1])
if redis.call('TYPE', KEYS[1]).ok ~= 'zset' then
  redis.call('DEL', KEYS[1])
  return {}
end
return redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
