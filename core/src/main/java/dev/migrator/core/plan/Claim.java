package dev.migrator.core.plan;

/**
 * Part of a migration's scope: entries it writes or depends on.
 *
 * @param pattern how {@code address} is meant; {@link Pattern#ALL} ignores it
 */
public record Claim(String target, String kind, Pattern pattern, String address, Access access)
        implements Comparable<Claim> {
    public enum Pattern {
        LITERAL,
        PREFIX,
        ALL
    }

    public enum Access {
        READ,
        WRITE
    }

    /** Two claims that may not be held at once: same entries possible, and at least one of them writes. */
    public boolean overlaps(Claim other) {
        return (access == Access.WRITE || other.access == Access.WRITE)
                && target.equals(other.target)
                && kind.equals(other.kind)
                && sharesAddresses(other);
    }

    private boolean sharesAddresses(Claim other) {
        if (pattern == Pattern.ALL || other.pattern == Pattern.ALL) {
            return true;
        }
        if (pattern == Pattern.LITERAL && other.pattern == Pattern.LITERAL) {
            return address.equals(other.address);
        }
        if (pattern == Pattern.PREFIX && other.pattern == Pattern.PREFIX) {
            return address.startsWith(other.address) || other.address.startsWith(address);
        }
        return pattern == Pattern.PREFIX ? other.address.startsWith(address) : address.startsWith(other.address);
    }

    @Override
    public int compareTo(Claim other) {
        return java.util.Comparator.comparing(Claim::target)
                .thenComparing(Claim::kind)
                .thenComparing(Claim::pattern)
                .thenComparing(Claim::address)
                .thenComparing(Claim::access)
                .compare(this, other);
    }
}
