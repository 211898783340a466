-- A template that only watches: it says what it would do, and does nothing.
--
-- There are two ways to try a policy on machines in use. The setting `Mode = audit` lets a whole folder of policies
-- decide as usual, logs what they would have rejected or rewritten, and allows everything. This template is the way for
-- one policy among others that are enforced: put the condition into `would_reject`, read the log for a week, then make
-- it a rule.
local function would_reject(request)
  return request.type == SOCK_RAW and not request.app.elevated
end

on_socket(function(request)
  if would_reject(request) then
    log("audit: would reject raw sockets of " .. request.app.name)
  end
end)
