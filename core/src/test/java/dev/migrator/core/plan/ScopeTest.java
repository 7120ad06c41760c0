package dev.migrator.core.plan;

import static dev.migrator.core.bundle.TestManifests.acl;
import static dev.migrator.core.bundle.TestManifests.bundle;
import static dev.migrator.core.bundle.TestManifests.readAcl;
import static dev.migrator.core.bundle.TestManifests.schema;
import static dev.migrator.core.bundle.TestManifests.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.plan.Claim.Access;
import dev.migrator.core.plan.Claim.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private final World world = new World();

    @Test
    void whatIsWrittenIsClaimedForWritingAndWhatIsNeededForReading() {
        world.apply(Planning.plan(bundle(topic("t")), world));

        assertThat(claims(Planning.plan(bundle(topic("t"), readAcl("a", "t")), world)))
                .containsExactly(
                        "kafka acl LITERAL User:reader|*|READ|ALLOW|TOPIC|LITERAL|t WRITE",
                        "kafka topic LITERAL t READ");
    }

    @Test
    void aPrefixedAclReadsItsWholePrefix() {
        world.apply(Planning.plan(bundle(topic("orders.a"), topic("orders.b")), world));
        var prefixed = acl("a", "User:x", "['READ']", "{'type':'topic','name':'orders.','pattern':'prefixed'}");

        assertThat(claims(Planning.plan(bundle(topic("orders.a"), topic("orders.b"), prefixed), world)))
                .containsExactly(
                        "kafka acl LITERAL User:x|*|READ|ALLOW|TOPIC|PREFIXED|orders. WRITE",
                        "kafka topic PREFIX orders. READ");
    }

    @Test
    void aLargePlanClaimsWholeKinds() {
        var manifests = new ArrayList<Value.Obj>();
        for (int i = 0; i < Scope.MAX_CLAIMS; i++) {
            manifests.add(topic("t" + i));
        }
        assertThat(claims(Planning.plan(bundle(manifests), world))).hasSize(Scope.MAX_CLAIMS);

        manifests.add(acl("a", "User:x", "['READ']", "{'type':'topic','name':'t','pattern':'prefixed'}"));
        manifests.add(schema("s", "1"));

        assertThat(claims(Planning.plan(bundle(manifests), world)))
                .containsExactly(
                        "kafka acl ALL  WRITE",
                        "kafka topic ALL  WRITE",
                        "registry artifact ALL  WRITE",
                        "registry artifact-version ALL  WRITE");
    }

    @Test
    void claimsOverlapWhereOneWritesAndAddressesMeet() {
        var write = claim(Pattern.LITERAL, "orders.a", Access.WRITE);

        assertThat(write.overlaps(claim(Pattern.LITERAL, "orders.a", Access.READ)))
                .isTrue();
        assertThat(write.overlaps(claim(Pattern.LITERAL, "orders.b", Access.WRITE)))
                .isFalse();
        assertThat(write.overlaps(claim(Pattern.PREFIX, "orders.", Access.READ)))
                .isTrue();
        assertThat(write.overlaps(claim(Pattern.PREFIX, "payments.", Access.READ)))
                .isFalse();
        assertThat(write.overlaps(claim(Pattern.ALL, "", Access.READ))).isTrue();
        assertThat(claim(Pattern.PREFIX, "a", Access.WRITE).overlaps(claim(Pattern.PREFIX, "ab", Access.READ)))
                .isTrue();
        assertThat(claim(Pattern.LITERAL, "a", Access.READ).overlaps(claim(Pattern.LITERAL, "a", Access.READ)))
                .isFalse();
        assertThat(write.overlaps(new Claim("kafka", "acl", Pattern.ALL, "", Access.WRITE)))
                .isFalse();
    }

    private static Claim claim(Pattern pattern, String address, Access access) {
        return new Claim("kafka", "topic", pattern, address, access);
    }

    private static List<String> claims(Plan plan) {
        return Scope.of(plan).stream()
                .map(claim -> claim.target() + " " + claim.kind() + " " + claim.pattern() + " " + claim.address() + " "
                        + claim.access())
                .toList();
    }
}
