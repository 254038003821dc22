-- Marks a message as answered. KEYS: the claim. ARGV: nonce, how long that is
-- remembered (ms). Returns 0 when the claim is another's, or its answer waits.
local is = redis.call('TYPE', KEYS[1]).ok
if is ~= 'hash' and is ~= 'none' then redis.call('DEL', KEYS[1]) end
local c = redis.call('HMGET', KEYS[1], 's', 'n')
if c[1] == 'D' then return 1 end
if c[1] == 'Q' or c[1] and c[2] ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2]) -- first: a script that has begun to write may go on though memory is full
redis.call('HSET', KEYS[1], 's', 'D')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
