package dev.migrator.core.kinds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.error.ProblemException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AclTupleTest {
    @Test
    void theAddressIsThePartsInTheirOrder() {
        var acl = new AclTuple("User:refund", "*", "READ", "ALLOW", "TOPIC", "LITERAL", "orders.refunds");

        assertThat(acl.address()).isEqualTo("User:refund|*|READ|ALLOW|TOPIC|LITERAL|orders.refunds");
        assertThat(AclTuple.parse(acl.address())).isEqualTo(acl);
    }

    @Test
    void separatorsInsideAPartAreEncoded() {
        var acl = new AclTuple("User:a|b", "*", "READ", "ALLOW", "GROUP", "LITERAL", "100%|g");

        assertThat(acl.address()).isEqualTo("User:a%7Cb|*|READ|ALLOW|GROUP|LITERAL|100%25%7Cg");
    }

    @Property(tries = 300)
    void everyTupleHasItsOwnAddress(
            @ForAll String principal, @ForAll String host, @ForAll String resource, @ForAll String other) {
        var acl = new AclTuple(principal, host, "READ", "ALLOW", "GROUP", "LITERAL", resource);
        var another = new AclTuple(principal, host, "READ", "ALLOW", "GROUP", "LITERAL", other);

        assertThat(AclTuple.parse(acl.address())).isEqualTo(acl);
        assertThat(acl.address().equals(another.address())).isEqualTo(acl.equals(another));
    }

    @Property(tries = 300)
    void whatIsReadIsWrittenTheSame(@ForAll String text) {
        var address = "User:x|*|READ|ALLOW|TOPIC|LITERAL|" + text;
        try {
            assertThat(AclTuple.parse(address).address()).isEqualTo(address);
        } catch (ProblemException e) {
            assertThat(e.problem().code()).isEqualTo("ACL-ADDRESS");
        }
    }

    @Test
    void otherTextsAreNoAddresses() {
        for (var text : new String[] {
            "", "a|b", "1|2|3|4|5|6|7|8", "%|2|3|4|5|6|7", "%4|2|3|4|5|6|7", "%41|2|3|4|5|6|7", "%7c|2|3|4|5|6|7"
        }) {
            assertThatThrownBy(() -> AclTuple.parse(text))
                    .as(text)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("ACL-ADDRESS"));
        }
    }

    @Test
    void aRetiredTopicIsMarkedByTwoRulesThatAreKnownAgain() {
        assertThat(AclTuple.retirementOf("orders"))
                .extracting(AclTuple::address)
                .containsExactly("User:*|*|READ|DENY|TOPIC|LITERAL|orders", "User:*|*|WRITE|DENY|TOPIC|LITERAL|orders");
        assertThat(AclTuple.retirementOf("orders")).allMatch(AclTuple::marksRetiredTopic);
    }
}
