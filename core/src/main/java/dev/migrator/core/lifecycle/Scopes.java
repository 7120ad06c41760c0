package dev.migrator.core.lifecycle;

import dev.migrator.core.plan.Claim;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** {@link Claim#overlaps} for whole scopes, in n log n instead of n squared. */
final class Scopes {
    private Scopes() {}

    static boolean overlap(List<Claim> some, List<Claim> others) {
        var index = new HashMap<Place, Claims>();
        others.forEach(claim ->
                index.computeIfAbsent(Place.of(claim), _ -> new Claims()).add(claim));
        return some.stream().anyMatch(claim -> {
            var there = index.get(Place.of(claim));
            return there != null && there.overlap(claim);
        });
    }

    private record Place(String target, String kind) {
        static Place of(Claim claim) {
            return new Place(claim.target(), claim.kind());
        }
    }

    /** Claims of one target and kind. Of equal ones the writing one is kept, as it overlaps with more. */
    private static final class Claims {
        private final NavigableMap<String, Claim> literals = new TreeMap<>();
        private final NavigableMap<String, Claim> prefixes = new TreeMap<>();
        private Claim all;

        void add(Claim claim) {
            switch (claim.pattern()) {
                case LITERAL -> literals.merge(claim.address(), claim, Claims::stronger);
                case PREFIX -> prefixes.merge(claim.address(), claim, Claims::stronger);
                case ALL -> all = all == null ? claim : stronger(all, claim);
            }
        }

        private static Claim stronger(Claim one, Claim other) {
            return one.access() == Claim.Access.WRITE ? one : other;
        }

        boolean overlap(Claim claim) {
            if (all != null && claim.overlaps(all)) {
                return true;
            }
            return switch (claim.pattern()) {
                case ALL ->
                    literals.values().stream().anyMatch(claim::overlaps)
                            || prefixes.values().stream().anyMatch(claim::overlaps);
                case LITERAL -> {
                    var same = literals.get(claim.address());
                    yield (same != null && claim.overlaps(same)) || anyPrefixOf(claim);
                }
                case PREFIX -> anyBelow(literals, claim) || anyBelow(prefixes, claim) || anyPrefixOf(claim);
            };
        }

        private boolean anyPrefixOf(Claim claim) {
            for (int length = 0;
                    !prefixes.isEmpty() && length <= claim.address().length();
                    length++) {
                var prefix = prefixes.get(claim.address().substring(0, length));
                if (prefix != null && claim.overlaps(prefix)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean anyBelow(NavigableMap<String, Claim> claims, Claim prefix) {
            for (var entry : claims.tailMap(prefix.address(), true).entrySet()) {
                if (!entry.getKey().startsWith(prefix.address())) {
                    return false;
                }
                if (prefix.overlaps(entry.getValue())) {
                    return true;
                }
            }
            return false;
        }
    }
}
