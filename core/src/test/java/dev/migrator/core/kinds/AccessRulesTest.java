package dev.migrator.core.kinds;

import static dev.migrator.core.kinds.AccessRules.Answer.ALLOWED;
import static dev.migrator.core.kinds.AccessRules.Answer.DENIED;
import static dev.migrator.core.kinds.AccessRules.Answer.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.kinds.AccessRules.Answer;
import dev.migrator.core.kinds.AccessRules.Call;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
    private static final Call ALTERS_ORDERS = new Call("User:me", "10.0.0.1", "ALTER", "TOPIC", "orders.paid");

    @Test
    void noRuleSaysNothing() {
        assertThat(ask(ALTERS_ORDERS)).isEqualTo(SILENT);
        assertThat(ask(ALTERS_ORDERS, "User:you|*|ALTER|ALLOW|TOPIC|LITERAL|orders.paid"))
                .isEqualTo(SILENT);
        assertThat(ask(ALTERS_ORDERS, "User:me|*|ALTER|ALLOW|GROUP|LITERAL|orders.paid"))
                .isEqualTo(SILENT);
        assertThat(ask(ALTERS_ORDERS, "User:me|10.0.0.2|ALTER|ALLOW|TOPIC|LITERAL|orders.paid"))
                .isEqualTo(SILENT);
    }

    @Test
    void namesPrefixesAndTheStarAllow() {
        for (var pattern :
                new String[] {"LITERAL|orders.paid", "PREFIXED|orders", "PREFIXED|orders.paid", "LITERAL|*"}) {
            assertThat(ask(ALTERS_ORDERS, "User:me|*|ALTER|ALLOW|TOPIC|" + pattern))
                    .as(pattern)
                    .isEqualTo(ALLOWED);
        }
        assertThat(ask(ALTERS_ORDERS, "User:me|*|ALTER|ALLOW|TOPIC|LITERAL|orders"))
                .isEqualTo(SILENT);
        assertThat(ask(ALTERS_ORDERS, "User:me|*|ALTER|ALLOW|TOPIC|PREFIXED|*"))
                .as("a star in a prefix is a letter")
                .isEqualTo(SILENT);
    }

    @Test
    void oneDenialWinsOverAllThatAllow() {
        assertThat(ask(
                        ALTERS_ORDERS,
                        "User:me|*|ALL|ALLOW|TOPIC|LITERAL|*",
                        "User:me|*|ALTER|ALLOW|TOPIC|LITERAL|orders.paid",
                        "User:*|*|ALTER|DENY|TOPIC|PREFIXED|o"))
                .isEqualTo(DENIED);
    }

    @Test
    void someOperationsBringOthersWithThemWhenAllowedAndNoneWhenDenied() {
        var describes = new Call("User:me", "h", "DESCRIBE", "TOPIC", "t");
        var describesConfigs = new Call("User:me", "h", "DESCRIBE_CONFIGS", "TOPIC", "t");

        for (var operation : new String[] {"READ", "WRITE", "DELETE", "ALTER", "ALL"}) {
            assertThat(ask(describes, "User:me|*|" + operation + "|ALLOW|TOPIC|LITERAL|t"))
                    .isEqualTo(ALLOWED);
        }
        assertThat(ask(describes, "User:me|*|CREATE|ALLOW|TOPIC|LITERAL|t")).isEqualTo(SILENT);
        assertThat(ask(describes, "User:me|*|READ|DENY|TOPIC|LITERAL|t")).isEqualTo(SILENT);
        assertThat(ask(describesConfigs, "User:me|*|ALTER_CONFIGS|ALLOW|TOPIC|LITERAL|t"))
                .isEqualTo(ALLOWED);
        assertThat(ask(describesConfigs, "User:me|*|ALTER|ALLOW|TOPIC|LITERAL|t"))
                .isEqualTo(SILENT);
    }

    private static Answer ask(Call call, String... rules) {
        return new AccessRules(Arrays.stream(rules).map(AclTuple::parse).toList()).ask(call);
    }
}
