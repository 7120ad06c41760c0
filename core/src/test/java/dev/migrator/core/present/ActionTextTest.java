package dev.migrator.core.present;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.kinds.ActionAddress;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Operation;
import org.junit.jupiter.api.Test;

/** What an approver reads of an action is all that is sent. */
class ActionTextTest {
    private static Operation.Create action(String definition) {
        var read = (Value.Obj) CanonicalJson.parse(definition);
        return new Operation.Create(new EntryKey("t", "action", new ActionAddress("tell", read).text()), Content.EMPTY);
    }

    @Test
    void headersOfARecordAreShown() {
        var tell = action("""
                {"kafka":{"do":{"topic":"t","key":"k","value":"v","headers":{"from":"us"}},
                  "undo":{"headers":{"to":"them"}}}}
                """);

        assertThat(OperationText.details(tell))
                .contains(
                        "do    the value v for key k to topic t, headers {\"from\":\"us\"}",
                        "undo  a tombstone for key k to topic t, headers {\"to\":\"them\"}");
    }

    @Test
    void whereALineEndsIsShownAsACommentEndsThere() {
        var fill = action("""
                {"sql":{"do":{"statement":"UPDATE t SET a = 1 -- all\\nWHERE b\\r;"},"probe":{"statement":"SELECT true"}}}
                """);

        assertThat(OperationText.details(fill))
                .startsWith("do    UPDATE t SET a = 1 -- all", "      WHERE b", "      ;");
        assertThat(OperationText.changes(fill).getFirst().after()).isEqualTo("UPDATE t SET a = 1 -- all ⏎ WHERE b ⏎ ;");
        assertThat(OperationText.inverse(fill.inverse())).contains("-- all ⏎ WHERE b");
    }
}
