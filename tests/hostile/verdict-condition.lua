-- attack: another thing of ours
-- run: decide
-- expect: error the function returned a userdata
return none_of { 1 }
