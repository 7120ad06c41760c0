package dev.migrator.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.ProblemException;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final Set<String> KNOWN = Set.of("command", "reason");

    @Test
    void knownMembersAreRead() {
        var object = object("{\"command\":\"pause\",\"reason\":null}");

        assertThat(Requests.text(object, "command")).isEqualTo("pause");
        assertThat(Requests.optionalText(object, "reason")).isEmpty();
    }

    @Test
    void aMisspeltMemberIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> object("{\"command\":\"pause\",\"reson\":\"lunch\"}"))
                .isInstanceOfSatisfying(ApiProblem.class, e -> {
                    assertThat(e.status()).isEqualTo(400);
                    assertThat(e.problem().code()).isEqualTo("CON-REQUEST");
                    assertThat(e.problem().expected()).isEqualTo("one of [command, reason]");
                    assertThat(e.problem().found()).isEqualTo("reson");
                });
    }

    @Test
    void aBodyThatIsNoObjectIsRefused() {
        assertRefused(() -> object("[]"));
        assertRefused(() -> object("\"pause\""));
        assertThatThrownBy(() -> object("{")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> object("")).isInstanceOf(ProblemException.class);
    }

    @Test
    void aMemberThatIsMissingOfAnotherTypeOrTooLongIsRefused() {
        assertRefused(() -> Requests.text(object("{}"), "command"));
        assertRefused(() -> Requests.text(object("{\"command\":7}"), "command"));
        assertRefused(() -> Requests.text(object("{\"command\":\"" + "x".repeat(4097) + "\"}"), "command"));
        assertThat(Requests.text(object("{\"command\":\"" + "x".repeat(4096) + "\"}"), "command"))
                .hasSize(4096);
    }

    @Test
    void whatWasFoundIsShownInPartOnly() {
        assertThat(Requests.bad("thing", "expected", "x".repeat(5000)).problem().found())
                .hasSize(200);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    private static Value.Obj object(String json) {
        return Requests.object(json.getBytes(UTF_8), KNOWN);
    }
}
