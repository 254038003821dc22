-- Takes names out of an owner's set that have been erased, unless something was
-- saved under them since, which changed when they expire.
-- KEYS: the owner's set. ARGV: name, when it expired, name …
for i = 1, #ARGV, 2 do
  if redis.call('ZSCORE', KEYS[1], ARGV[i]) == ARGV[i + 1] then redis.call('ZREM', KEYS[1], ARGV[i]) end
end
return 1
