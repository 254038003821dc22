-- Takes the head of a lane whose time has come, for a lease.
-- KEYS: due, busy, since, dead, holders. ARGV: what all keys begin with, the
-- worker's token, lease (ms), how old a letter gets (ms), how long what is
-- given up is remembered (ms), how long it is counted (ms), how long all is kept
-- (ms).
-- Returns how many letters were given up, then either for how long nothing is
-- due (ms), or the lane, the letter's id, the sealed letter, tries, ambiguous.
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local base, given = ARGV[1], 0

-- A lease that is over: its worker is gone, and may have posted.
for _, lane in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)) do
  redis.call('ZREM', KEYS[2], lane)
  redis.call('HDEL', KEYS[5], lane)
  redis.call('ZADD', KEYS[1], now, lane)
  local id = redis.call('LINDEX', base .. 'lane:' .. lane, 0)
  if id and redis.call('EXISTS', base .. 'letter:' .. id) == 1 then redis.call('HSET', base .. 'letter:' .. id, 'a', '1') end
end

for _ = 1, 100 do
  local lane = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1)[1]
  if not lane then break end
  local id = redis.call('LINDEX', base .. 'lane:' .. lane, 0)
  local l = id and redis.call('HMGET', base .. 'letter:' .. id, 'b', 's', 'nb', 't', 'a', 'g') or {}
  local first = tonumber(l[2]) or 0
  local wait = tonumber(l[3]) or 0
  for _, paused in ipairs({lane, l[6] or lane}) do
    wait = math.max(wait, tonumber(redis.call('GET', base .. 'pause:' .. paused) or 0) or 0)
  end
  wait = math.min(wait, first + ARGV[4])
  if not id then
    redis.call('ZREM', KEYS[1], lane)
  elseif not l[1] then -- its time to live is over
    redis.call('LPOP', base .. 'lane:' .. lane)
    redis.call('ZREM', KEYS[3], id)
  elseif now >= first + ARGV[4] then
    redis.call('LPOP', base .. 'lane:' .. lane)
    redis.call('DEL', base .. 'letter:' .. id)
    redis.call('ZREM', KEYS[3], id)
    redis.call('HSET', base .. 'claim:' .. id, 's', 'D')
    redis.call('PEXPIRE', base .. 'claim:' .. id, ARGV[5])
    redis.call('INCR', KEYS[4])
    redis.call('PEXPIRE', KEYS[4], ARGV[6])
    given = given + 1
  elseif wait > now then
    redis.call('ZREM', KEYS[1], lane) -- a script that has begun to write may go on though memory is full
    redis.call('ZADD', KEYS[1], wait, lane)
  else
    redis.call('ZREM', KEYS[1], lane)
    redis.call('ZADD', KEYS[2], now + ARGV[3], lane)
    redis.call('HSET', KEYS[5], lane, ARGV[2])
    for _, k in ipairs({KEYS[1], KEYS[2], KEYS[3], KEYS[5], base .. 'lane:' .. lane, base .. 'letter:' .. id, base .. 'claim:' .. id}) do
      redis.call('PEXPIRE', k, ARGV[7])
    end
    return {given, lane, id, l[1], tonumber(l[4]) or 0, l[5] == '1' and 1 or 0}
  end
end
local next = -1
for i = 1, 2 do
  local at = tonumber(redis.call('ZRANGE', KEYS[i], 0, 0, 'WITHSCORES')[2])
  if at and (next < 0 or at - now < next) then next = math.max(at - now, 0) end
end
return {given, next}
