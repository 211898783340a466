-- attack: concatenation of 150 long texts in one expression
-- run: decide
-- expect: stopped
local s = ("x"):rep(10000)
local t =
--@ 150 s .. 
  s
