-- attack: an error on line two million
-- run: load
-- expect: error unknown name
-- line: 2000005
--@ 2000000 \n
nosuch(1)
