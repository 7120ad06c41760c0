package dev.migrator.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.AclTuple;
import dev.migrator.core.kinds.GrantTuple;
import dev.migrator.core.kinds.Membership;
import dev.migrator.core.model.Content;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.PutBack.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeftForSecretsTest {
    private static final EntryKey APP = new EntryKey("postgres", "role", "app");
    private static final EntryKey READERS = new EntryKey("postgres", "role", "readers");
    private static final EntryKey MEMBER =
            new EntryKey("postgres", "role-member", new Membership("readers", "app").address());
    private static final EntryKey OF_APP = grant("app");
    private static final EntryKey OF_READERS = grant("readers");
    private static final EntryKey USER = new EntryKey("kafka", "scram-user", "refund");
    private static final EntryKey RULE = new EntryKey(
            "kafka", "acl", new AclTuple("User:refund", "*", "READ", "ALLOW", "TOPIC", "LITERAL", "t").address());
    private static final EntryKey AFTER = new EntryKey("kafka", "topic", "after");

    @Test
    void whatCannotBeThereWithoutARoleIsLeftOutWithItAndOtherRolesAreNot() {
        var left = left(Set.of(APP), wanted(READERS), wanted(MEMBER), wanted(OF_APP), wanted(OF_READERS), wanted(APP));

        assertThat(left.all().keySet()).containsExactlyInAnyOrder(APP, MEMBER, OF_APP);
        assertThat(left.all().get(OF_APP)).satisfies(why -> {
            assertThat(why.code()).isEqualTo("RST-NEEDS-SECRET");
            assertThat(why.thing()).isEqualTo(OF_APP.toString());
            assertThat(why.found()).contains(APP.toString());
        });
    }

    @Test
    void rulesOfAUserComeBackWithoutIt() {
        assertThat(left(Set.of(USER), wanted(USER), wanted(RULE)).all()).containsOnlyKeys(USER);
    }

    @Test
    void whatNeedsWhatNeedsItIsLeftOutToo() {
        var after = new Wanted(AFTER, Optional.of(Content.EMPTY), Optional.empty(), List.of(OF_APP));

        assertThat(left(Set.of(APP), after, wanted(OF_APP), wanted(APP)).all()).containsOnlyKeys(APP, OF_APP, AFTER);
    }

    @Test
    void whereNoSecretIsMissingNothingIsLeftOut() {
        assertThat(left(Set.of(), wanted(READERS), wanted(OF_READERS)).all()).isEmpty();
    }

    private static EntryKey grant(String role) {
        return new EntryKey("postgres", "grant", new GrantTuple(role, "USAGE", "schema", "", "shop").address());
    }

    private static Wanted wanted(EntryKey key) {
        return new Wanted(key, Optional.of(Content.EMPTY), Optional.empty());
    }

    private static LeftForSecrets left(Set<EntryKey> without, Wanted... entries) {
        return new LeftForSecrets(
                Stream.of(entries).toList(),
                wanted -> Optional.of(
                        without.contains(wanted.key())
                                ? new RecordedEntry.Verdict.NoSecret(Problem.of("RST-SECRET", "no secret"))
                                : new RecordedEntry.Verdict.Asks(
                                        Optional.empty(), wanted.content(), Content.EMPTY, List.of())));
    }
}
