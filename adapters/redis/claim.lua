-- Claims a message. KEYS: the claim. ARGV: nonce, lease (ms), how long it is
-- remembered (ms). Returns delivery.State: 1 won, 2 retaken, 3 held, 4 queued, 5 done.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local is = redis.call('TYPE', KEYS[1]).ok
if is ~= 'hash' and is ~= 'none' then redis.call('DEL', KEYS[1]) end -- nothing is written yet, or a full Redis would take this
local c = redis.call('HMGET', KEYS[1], 's', 'n', 'u', 'r')
local state, nonce, till, retaken = c[1], c[2], tonumber(c[3]) or 0, c[4] == '1'
if state == 'Q' then return 4 end
if state == 'D' then return 5 end
if state and nonce ~= ARGV[1] then
  if now < till then return 3 end
  retaken = true
elseif state and now < till then
  return retaken and 2 or 1
end
redis.call('HSET', KEYS[1], 's', 'H', 'n', ARGV[1], 'u', now + ARGV[2], 'r', retaken and '1' or '0')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return retaken and 2 or 1
