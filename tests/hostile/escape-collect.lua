-- attack: the collector
-- run: load
-- expect: error 'collectgarbage' is not part of the policy language
-- line: 5
collectgarbage("stop")
