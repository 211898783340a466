-- attack: %q, which makes four bytes of one
-- run: decide
-- expect: stopped
local s = ("\0"):rep(200000)
local t = ("%q"):format(s)
