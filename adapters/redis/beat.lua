-- Holds on to a lane for another lease. KEYS: busy, holders. ARGV: the worker's
-- token, the lane, lease (ms). Returns 0 when the lane is another's.
if redis.call('HGET', KEYS[2], ARGV[2]) ~= ARGV[1] then return 0 end
local t = redis.call('TIME')
redis.call('ZADD', KEYS[1], t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[3], ARGV[2])
return 1
