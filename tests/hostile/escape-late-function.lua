-- attack: a function registered by a decision
-- run: decide
-- expect: error on_socket can only be called while its file is loaded
-- line: 5
on_socket(function() end)
