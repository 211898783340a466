-- attack: a function registered by a decision
-- run: decide
-- expect: error on_socket registers a step
-- line: 5
on_socket(function() end)
