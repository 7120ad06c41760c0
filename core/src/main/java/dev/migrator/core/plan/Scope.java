package dev.migrator.core.plan;

import dev.migrator.core.kinds.AclKind;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.kinds.TopicKind;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Claim.Access;
import dev.migrator.core.plan.Claim.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a plan claims: WRITE for what it writes, READ for what it depends on, prefixes for prefixed ACLs. */
final class Scope {
    /** Above that, claims are for whole kinds of a target. */
    static final int MAX_CLAIMS = 1_000;

    private Scope() {}

    static List<Claim> of(Plan plan) {
        var written = plan.written();
        var prefixes = new TreeSet<Claim>();
        written.stream().filter(key -> key.kind().equals(AclKind.ENTRY)).forEach(key -> addPrefix(key, prefixes));
        var claims = new TreeSet<>(prefixes);
        written.forEach(key -> claims.add(literal(key, Access.WRITE)));
        plan.reads().stream()
                .map(key -> literal(key, Access.READ))
                .filter(claim -> prefixes.stream().noneMatch(prefix -> covers(prefix, claim)))
                .forEach(claims::add);
        return claims.size() <= MAX_CLAIMS ? List.copyOf(claims) : coarse(claims);
    }

    private static void addPrefix(EntryKey acl, SortedSet<Claim> prefixes) {
        var tuple = AclTuple.parse(acl.address());
        if (tuple.resourceType().equals("TOPIC") && tuple.patternType().equals("PREFIXED")) {
            prefixes.add(new Claim(acl.target(), TopicKind.ENTRY, Pattern.PREFIX, tuple.resourceName(), Access.READ));
        }
    }

    private static boolean covers(Claim prefix, Claim literal) {
        return prefix.target().equals(literal.target())
                && prefix.kind().equals(literal.kind())
                && literal.address().startsWith(prefix.address());
    }

    /** An action by its name alone: its address holds all that it does, and everybody who waits reads the claims. */
    private static Claim literal(EntryKey key, Access access) {
        var address = ActionAddress.isOf(key) ? ActionAddress.nameOf(key) : key.address();
        return new Claim(key.target(), key.kind(), Pattern.LITERAL, address, access);
    }

    /** A claim to write a whole kind includes reading it. */
    private static List<Claim> coarse(SortedSet<Claim> claims) {
        var whole = new TreeSet<Claim>();
        claims.forEach(claim -> whole.add(new Claim(claim.target(), claim.kind(), Pattern.ALL, "", claim.access())));
        var kept = new ArrayList<Claim>();
        for (var claim : whole) {
            var writing = new Claim(claim.target(), claim.kind(), Pattern.ALL, "", Access.WRITE);
            if (claim.access() == Access.WRITE || !whole.contains(writing)) {
                kept.add(claim);
            }
        }
        return kept;
    }
}
