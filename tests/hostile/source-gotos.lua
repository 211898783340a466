-- attack: 100,000 gotos to one label
-- run: load
-- expect: error 
do
--@ 100000 goto l;
::l:: end
