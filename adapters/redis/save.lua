-- Stores a value under names, and the names with its owners, unless an owner
-- or a name was forgotten after the writer began.
-- KEYS: for each owner its set and its tombstone; then the names.
-- ARGV: how many owners, when the writer began (µs by this server's clock),
-- time to live (ms), the value, its owners' tags, then all names of the value.
-- Returns whether it stored, and the time (µs).
local owners, began, ttl = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]

local function clear(key, kind) -- what somebody else put there is nothing
  local is = redis.call('TYPE', key).ok
  if is ~= kind and is ~= 'none' then redis.call('DEL', key) end
end
for i = 1, 2 * owners, 2 do
  clear(KEYS[i], 'zset')
  clear(KEYS[i + 1], 'string')
  if (tonumber(redis.call('GET', KEYS[i + 1]) or 0) or 0) > began then return {0, now} end
end
for i = 2 * owners + 1, #KEYS do
  clear(KEYS[i], 'hash')
  if (tonumber(redis.call('HGET', KEYS[i], 'f') or 0) or 0) > began then return {0, now} end
end

local ms = math.floor(now / 1000)
for i = 1, 2 * owners, 2 do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', ms)
  for n = 6, #ARGV do redis.call('ZADD', KEYS[i], ms + ttl, ARGV[n]) end
  if redis.call('PTTL', KEYS[i]) < ttl then redis.call('PEXPIRE', KEYS[i], ttl) end
end
for i = 2 * owners + 1, #KEYS do
  redis.call('HSET', KEYS[i], 'v', ARGV[4], 'o', ARGV[5])
  redis.call('PEXPIRE', KEYS[i], ttl)
end
return {1, now}
