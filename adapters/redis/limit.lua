-- Lets through or refuses by the generic cell rate algorithm
-- (https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm), for a person and
-- the workspace in one step: what is refused to one uses up nothing of the other.
-- KEYS: the person's next arrival (µs), the workspace's, whether a notice was
-- given. ARGV: the person's burst and time for one (µs), the workspace's, for
-- how long a flood must be quiet (ms).
-- Returns delivery.Pass: 0 through, 1 notice, 2 quiet.
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local function due(key) return math.max(tonumber(redis.call('GET', key) or 0) or 0, now) end
local pb, pt, wb, wt = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local p, w = due(KEYS[1]) + pt, due(KEYS[2]) + wt
if p - pb * pt <= now and w - wb * wt <= now then
  redis.call('SET', KEYS[1], string.format('%.0f', p), 'PX', math.ceil(pb * pt / 1000) + 1)
  redis.call('SET', KEYS[2], string.format('%.0f', w), 'PX', math.ceil(wb * wt / 1000) + 1)
  return 0
end
if redis.call('SET', KEYS[3], '1', 'NX', 'PX', ARGV[5]) then return 1 end
redis.call('PEXPIRE', KEYS[3], ARGV[5])
return 2
