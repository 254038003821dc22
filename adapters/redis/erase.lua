-- Erases the value of a name if it is the owner's, and marks the name, so that
-- a save that has passed the owner's tombstone and not yet come here is refused.
-- KEYS: the name. ARGV: the owner's tag, how long the mark stands (ms). Returns the time on
-- the mark (µs).
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
if redis.call('TYPE', KEYS[1]).ok ~= 'hash' then redis.call('DEL', KEYS[1]) end
if string.find(redis.call('HGET', KEYS[1], 'o') or '', ARGV[1], 1, true) then redis.call('DEL', KEYS[1]) end
redis.call('HSET', KEYS[1], 'f', string.format('%.0f', now))
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return now
