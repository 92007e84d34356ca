"""Which addresses are on the public internet. Pure."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# Ordinary IPv6 addresses all begin here (RFC 4291, 2.4); whatever does not is somebody's inside.
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# Addresses that carry an IPv4 one: it is that one which is reached.
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
_6TO4 = IPv6Network("2002::/16")  # RFC 3056
# For protocols (RFC 6890), and Oracle's metadata service answers there; parts count as global.
_PROTOCOLS = IPv4Network("192.0.0.0/24")
# Public by its number, and yet every Azure machine's own host answers there.
_AZURE_HOST = IPv4Address("168.63.129.16")


def is_public(address: str) -> bool:
    """False for private, loopback, link-local, shared, multicast, reserved and translated ones.

    Raises ValueError for what is no address.
    """
    found = ip_address(address)
    return _is_public_ipv4(found) if isinstance(found, IPv4Address) else _is_public_ipv6(found)


def _is_public_ipv4(address: IPv4Address) -> bool:
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and address not in _PROTOCOLS
        and address != _AZURE_HOST
    )


def _is_public_ipv6(address: IPv6Address) -> bool:
    number = int(address)
    if address.ipv4_mapped is not None:
        return _is_public_ipv4(address.ipv4_mapped)
    if address in _NAT64:
        return _is_public_ipv4(IPv4Address(number & 0xFFFFFFFF))
    if address in _6TO4:
        return _is_public_ipv4(IPv4Address(number >> 80 & 0xFFFFFFFF))
    return address in _GLOBAL_UNICAST and address.is_global
