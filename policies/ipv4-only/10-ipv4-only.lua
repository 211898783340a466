-- A legacy program that goes wrong where IPv6 is there.
--
-- WSAEAFNOSUPPORT is what Windows says on a machine without IPv6: programs expect it and turn to IPv4. Do not rewrite
-- AF_INET6 to AF_INET: addresses are not translated, and bind or connect would fail.
rule {
  name = "the old client speaks IPv4 only",
  app = "oldclient.exe",
  af = AF_INET6,
  verdict = reject(WSAEAFNOSUPPORT, "this program does not cope with IPv6"),
}
