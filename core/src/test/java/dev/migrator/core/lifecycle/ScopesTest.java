package dev.migrator.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.plan.Claim;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScopesTest {
    @Provide
    Arbitrary<List<Claim>> scopes() {
        return Combinators.combine(
                        Arbitraries.of("kafka", "registry"),
                        Arbitraries.of("topic", "acl"),
                        Arbitraries.of(Claim.Pattern.class),
                        Arbitraries.strings().withChars("ab").ofMaxLength(4),
                        Arbitraries.of(Claim.Access.class))
                .as(Claim::new)
                .list()
                .ofMaxSize(4);
    }

    @Property(tries = 3_000)
    void twoScopesOverlapIfAnyTwoOfTheirClaimsDo(
            @ForAll("scopes") List<Claim> some, @ForAll("scopes") List<Claim> others) {
        var slowly = some.stream().anyMatch(claim -> others.stream().anyMatch(claim::overlaps));

        assertThat(Scopes.overlap(some, others)).isEqualTo(slowly);
        assertThat(Scopes.overlap(others, some)).isEqualTo(slowly);
    }

    @Property(tries = 300)
    void fingerprintsInCommonAreCounted(@ForAll List<Integer> some, @ForAll List<Integer> others) {
        var expected = some.stream().distinct().filter(others::contains).count();

        var packed = Fingerprints.of(some.stream().map(String::valueOf).toList());

        assertThat(packed.inCommonWith(
                        Fingerprints.of(others.stream().map(String::valueOf).toList())))
                .isEqualTo((int) expected);
        assertThat(packed.size()).isEqualTo((int) some.stream().distinct().count());
    }
}
