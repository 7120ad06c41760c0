package dev.migrator.core.bundle;

import dev.migrator.core.error.Finding;
import dev.migrator.core.error.Problem;
import dev.migrator.core.model.Resource;
import dev.migrator.core.model.Suppression;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A suppression as its manifest writes it, before anybody knows whether there is anything to suppress. */
record Claim(String uid, String title, Suppression suppression, Resource.Source place) {
    private record Key(String uid, String rule) {}

    Suppressed suppressing(Finding finding) {
        return new Suppressed(finding, uid, title, suppression, place);
    }

    /** One finding for each that suppresses nothing anywhere. */
    static List<Finding> unused(Collection<Claim> claims, Collection<Suppressed> suppressed) {
        Set<Key> used = new HashSet<>();
        suppressed.forEach(one -> used.add(new Key(one.uid(), one.suppression().rule())));
        return claims.stream()
                .filter(claim -> !used.contains(new Key(claim.uid, claim.suppression.rule())))
                .map(Claim::unused)
                .distinct()
                .toList();
    }

    private Finding unused() {
        return Finding.warning(Problem.of("SUP-UNUSED", "a suppression suppresses nothing")
                        .about(title + ", " + suppression.rule())
                        .expected("a finding of this rule about this resource")
                        .found("none, in any environment")
                        .todo("remove it"))
                .at(place.file(), place.line());
    }
}
