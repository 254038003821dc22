-- Gives up a claim that is the caller's. KEYS: the claim. ARGV: nonce.
local is = redis.call('TYPE', KEYS[1]).ok
if is ~= 'hash' and is ~= 'none' then redis.call('DEL', KEYS[1]) end
local c = redis.call('HMGET', KEYS[1], 's', 'n')
if c[1] == 'H' and c[2] == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
