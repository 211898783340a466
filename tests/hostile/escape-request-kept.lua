-- attack: a request kept from an earlier call
-- run: policy
-- expect: error request is read-only
-- line: 9
local kept
on_socket(function(request)
  kept = kept or request
  if request.type == SOCK_RAW then
    kept.type = SOCK_DGRAM
  end
end)
