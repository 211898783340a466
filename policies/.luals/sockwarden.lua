---@meta sockwarden
-- The policy language, for lua-language-server. Made by `sockwarden annotations` from the tables that bind
-- these names into policies; do not edit.

---@alias sockwarden.Family integer

AF_UNSPEC = 0
AF_UNIX = 1
AF_INET = 2
AF_IMPLINK = 3
AF_PUP = 4
AF_CHAOS = 5
AF_IPX = 6
AF_NS = 6
AF_ISO = 7
AF_OSI = 7
AF_ECMA = 8
AF_DATAKIT = 9
AF_CCITT = 10
AF_SNA = 11
AF_DECnet = 12
AF_DLI = 13
AF_LAT = 14
AF_HYLINK = 15
AF_APPLETALK = 16
AF_NETBIOS = 17
AF_VOICEVIEW = 18
AF_FIREFOX = 19
AF_UNKNOWN1 = 20
AF_BAN = 21
AF_ATM = 22
AF_INET6 = 23
AF_CLUSTER = 24
AF_12844 = 25
AF_IRDA = 26
AF_NETDES = 28
AF_TCNPROCESS = 29
AF_TCNMESSAGE = 30
AF_ICLFXBM = 31
AF_BTH = 32
AF_LINK = 33
AF_HYPERV = 34

---@alias sockwarden.Type integer

SOCK_STREAM = 1
SOCK_DGRAM = 2
SOCK_RAW = 3
SOCK_RDM = 4
SOCK_SEQPACKET = 5

---@alias sockwarden.Protocol integer

IPPROTO_IP = 0
IPPROTO_HOPOPTS = 0
IPPROTO_ICMP = 1
IPPROTO_IGMP = 2
IPPROTO_GGP = 3
IPPROTO_IPV4 = 4
IPPROTO_ST = 5
IPPROTO_TCP = 6
IPPROTO_CBT = 7
IPPROTO_EGP = 8
IPPROTO_IGP = 9
IPPROTO_PUP = 12
IPPROTO_UDP = 17
IPPROTO_IDP = 22
IPPROTO_RDP = 27
IPPROTO_IPV6 = 41
IPPROTO_ROUTING = 43
IPPROTO_FRAGMENT = 44
IPPROTO_ESP = 50
IPPROTO_AH = 51
IPPROTO_ICMPV6 = 58
IPPROTO_NONE = 59
IPPROTO_DSTOPTS = 60
IPPROTO_ND = 77
IPPROTO_ICLFXBM = 78
IPPROTO_PIM = 103
IPPROTO_PGM = 113
IPPROTO_L2TP = 115
IPPROTO_SCTP = 132
IPPROTO_RAW = 255

---@alias sockwarden.Flag integer

WSA_FLAG_OVERLAPPED = 1
WSA_FLAG_MULTIPOINT_C_ROOT = 2
WSA_FLAG_MULTIPOINT_C_LEAF = 4
WSA_FLAG_MULTIPOINT_D_ROOT = 8
WSA_FLAG_MULTIPOINT_D_LEAF = 16
WSA_FLAG_ACCESS_SYSTEM_SECURITY = 64
WSA_FLAG_NO_HANDLE_INHERIT = 128
WSA_FLAG_REGISTERED_IO = 256

---@alias sockwarden.Error integer

WSAEINTR = 10004
WSAEBADF = 10009
WSAEACCES = 10013
WSAEFAULT = 10014
WSAEINVAL = 10022
WSAEMFILE = 10024
WSAEWOULDBLOCK = 10035
WSAEINPROGRESS = 10036
WSAEALREADY = 10037
WSAENOTSOCK = 10038
WSAEDESTADDRREQ = 10039
WSAEMSGSIZE = 10040
WSAEPROTOTYPE = 10041
WSAENOPROTOOPT = 10042
WSAEPROTONOSUPPORT = 10043
WSAESOCKTNOSUPPORT = 10044
WSAEOPNOTSUPP = 10045
WSAEPFNOSUPPORT = 10046
WSAEAFNOSUPPORT = 10047
WSAEADDRINUSE = 10048
WSAEADDRNOTAVAIL = 10049
WSAENETDOWN = 10050
WSAENETUNREACH = 10051
WSAENETRESET = 10052
WSAECONNABORTED = 10053
WSAECONNRESET = 10054
WSAENOBUFS = 10055
WSAEISCONN = 10056
WSAENOTCONN = 10057
WSAESHUTDOWN = 10058
WSAETOOMANYREFS = 10059
WSAETIMEDOUT = 10060
WSAECONNREFUSED = 10061
WSAELOOP = 10062
WSAENAMETOOLONG = 10063
WSAEHOSTDOWN = 10064
WSAEHOSTUNREACH = 10065
WSAENOTEMPTY = 10066
WSAEPROCLIM = 10067
WSAEUSERS = 10068
WSAEDQUOT = 10069
WSAESTALE = 10070
WSAEREMOTE = 10071
WSASYSNOTREADY = 10091
WSAVERNOTSUPPORTED = 10092
WSANOTINITIALISED = 10093
WSAEDISCON = 10101
WSAENOMORE = 10102
WSAECANCELLED = 10103
WSAEINVALIDPROCTABLE = 10104
WSAEINVALIDPROVIDER = 10105
WSAEPROVIDERFAILEDINIT = 10106
WSASYSCALLFAILURE = 10107
WSASERVICE_NOT_FOUND = 10108
WSATYPE_NOT_FOUND = 10109
WSA_E_NO_MORE = 10110
WSA_E_CANCELLED = 10111
WSAEREFUSED = 10112
WSAHOST_NOT_FOUND = 11001
WSATRY_AGAIN = 11002
WSANO_RECOVERY = 11003
WSANO_DATA = 11004

---@class sockwarden.Verdict
---@field private action integer

---@class sockwarden.Triple
---@field af sockwarden.Family
---@field type sockwarden.Type
---@field protocol sockwarden.Protocol

---@class sockwarden.Rewrite
---@field af sockwarden.Family? the new family; addresses are not translated
---@field type sockwarden.Type?
---@field protocol sockwarden.Protocol? default: that of the new family and type
---@field reason string? shown with the decision

---@class sockwarden.Rule
---@field name string? shown wherever the rule decides
---@field verdict sockwarden.Verdict
---@field af sockwarden.Family|sockwarden.Family[]|nil
---@field type sockwarden.Type|sockwarden.Type[]|nil
---@field protocol sockwarden.Protocol|sockwarden.Protocol[]|nil
---@field app string|string[]|nil glob on the file name, or on the full path where it has a separator
---@field user string|string[]|nil `DOMAIN\name`, a bare name or a SID
---@field elevated boolean|boolean[]|nil
---@field service boolean|string|(boolean|string)[]|nil true, false or a service's name
---@field provider string|string[]|nil glob on the name of the lower provider's catalog entry
---@field flags sockwarden.Flag|sockwarden.Flag[]|nil all bits of a value are set
---@field shared boolean|boolean[]|nil the socket was duplicated by another process

---@class sockwarden.App
---@field name string file name of the program
---@field path string its full path
---@field pid integer
---@field command_line string
---@field user string `DOMAIN\name`
---@field sid string
---@field elevated boolean
---@field service boolean|string false, a service's name, or true where it is not known
---@field session integer

---@class sockwarden.Request
---@field af sockwarden.Family effective: wildcards are resolved
---@field type sockwarden.Type effective
---@field protocol sockwarden.Protocol effective
---@field requested sockwarden.Triple as the program asked
---@field flags integer WSA_FLAG_*
---@field overlapped boolean WSA_FLAG_OVERLAPPED is among the flags
---@field shared boolean another process duplicated the socket
---@field provider string name of the lower provider's catalog entry
---@field catalog_id integer its id
---@field app sockwarden.App

---Let the call go on as it is. Ends the evaluation.
---@return sockwarden.Verdict
function allow() end

---Let the call fail with a Winsock error, `reject(WSAEACCES)`. Ends the evaluation.
---@param code sockwarden.Error any Winsock error but WSAEINPROGRESS
---@param reason? string shown with the decision
---@return sockwarden.Verdict
function reject(code, reason) end

---Let the call go on as another kind of socket; the evaluation goes on with it.
---@param triple sockwarden.Rewrite
---@return sockwarden.Verdict
function rewrite(triple) end

---A condition that holds for none of these values.
---@generic T
---@param values T
---@return T
function none_of(values) end

---Register a rule: it matches when all its conditions hold.
---@param rule sockwarden.Rule
function rule(rule) end

---Register a function that is called for every socket that reaches it.
---@param decide fun(request: sockwarden.Request): sockwarden.Verdict?
function on_socket(decide) end

---Add a message to the decision's log record.
---@param message any
function log(message) end

---@class sockwarden.RequestSpecApp
---@field path string? default none
---@field name string? default: the path's last part
---@field pid integer? default 0
---@field command_line string? default: the path
---@field user string? default none
---@field sid string? default none
---@field elevated boolean? default false
---@field service boolean|string|nil default false
---@field session integer? default 1

---@class sockwarden.RequestSpecTriple
---@field af sockwarden.Family|string|nil
---@field type sockwarden.Type|string|nil
---@field protocol sockwarden.Protocol|string|nil

---@class sockwarden.RequestSpec
---@field af sockwarden.Family|string|nil default AF_INET
---@field type sockwarden.Type|string|nil default SOCK_STREAM
---@field protocol sockwarden.Protocol|string|nil default 0
---@field flags sockwarden.Flag|string|nil default WSA_FLAG_OVERLAPPED
---@field overlapped boolean? WSA_FLAG_OVERLAPPED among the flags
---@field shared boolean? default false
---@field provider string? default: the base entry's name
---@field catalog_id integer? default: the base entry's id
---@field app string|sockwarden.RequestSpecApp|nil a string is the path
---@field requested sockwarden.RequestSpecTriple? default: af, type and protocol

---@class sockwarden.Result
---@field verdict "allow"|"reject"|"rewrite"
---@field af sockwarden.Family as it goes on
---@field type sockwarden.Type
---@field protocol sockwarden.Protocol
---@field code sockwarden.Error? of a reject
---@field error string? its name
---@field file string? of the policy that decided
---@field line integer?
---@field rule string? its name
---@field reason string?
---@field log string? what policies passed to log()
---@field cost integer instructions
---@field request string the request in words

---Register a test; it fails when its function raises an error.
---@param name string
---@param run fun()
function test(name, run) end

---Ask the policies for a decision. Every field has a default.
---@param request sockwarden.RequestSpec
---@return sockwarden.Result
function decide(request) end

---@param result sockwarden.Result
---@param message? string
function assert_allow(result, message) end

---@param result sockwarden.Result
---@param code? sockwarden.Error default: any
---@param message? string
function assert_reject(result, code, message) end

---@param result sockwarden.Result
---@param triple? { af: sockwarden.Family?, type: sockwarden.Type?, protocol: sockwarden.Protocol? }
---@param message? string
function assert_rewrite(result, triple, message) end

---The rule of that name decided; nil: none that has a name.
---@param result sockwarden.Result
---@param name? string
---@param message? string
function assert_rule(result, name, message) end

---@param actual any
---@param expected any
---@param message? string
function assert_equal(actual, expected, message) end
