-- No Bluetooth and no Hyper-V sockets, for machines where nothing needs them.
--
-- Both lead past the network and what watches over it: to devices nearby, and to virtual machines. WSAEAFNOSUPPORT is
-- what programs get on a machine that has neither.
rule {
  name = "no Bluetooth or Hyper-V sockets",
  af = { AF_BTH, AF_HYPERV },
  verdict = reject(WSAEAFNOSUPPORT, "not in use here"),
}
