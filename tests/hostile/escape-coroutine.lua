-- attack: coroutines
-- run: load
-- expect: error 'coroutine' is not part of the policy language
-- line: 5
coroutine.wrap(function() end)()
