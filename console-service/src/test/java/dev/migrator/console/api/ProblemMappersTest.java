package dev.migrator.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;

class ProblemMappersTest {
    private static final Problem PROBLEM = Problem.of("TST-OOPS", "something is wrong")
            .about("topic orders")
            .expected("this")
            .found("that")
            .todo("look");
    private final ProblemMappers mappers = new ProblemMappers();

    @Test
    void aProblemLeavesWithTheMembersOfTheStandardAndItsOwn() {
        var response = mappers.of(new ApiProblem(409, PROBLEM));

        assertThat(response.getStatus()).isEqualTo(409);
        assertThat(response.getMediaType().toString()).isEqualTo("application/problem+json");
        assertThat(body(response))
                .isEqualTo(Value.object(
                        "type", Value.of("urn:migrator:problem:TST-OOPS"),
                        "title", Value.of("something is wrong"),
                        "status", Value.of(409),
                        "code", Value.of("TST-OOPS"),
                        "message", Value.of("something is wrong"),
                        "thing", Value.of("topic orders"),
                        "expected", Value.of("this"),
                        "found", Value.of("that"),
                        "do", Value.of("look")));
    }

    @Test
    void badInputIsAnswered400() {
        assertThat(mappers.of(new ProblemException(PROBLEM)).getStatus()).isEqualTo(400);
    }

    @Test
    void whatHttpItselfRefusesKeepsItsStatus() {
        var response = mappers.of(new NotFoundException("no such path"));

        assertThat(response.getStatus()).isEqualTo(404);
        assertThat(body(response).get("code")).isEqualTo(Value.of("CON-HTTP"));
    }

    @Test
    void anUnforeseenFailureIsAnswered500WithoutItsInnards() {
        var response = mappers.of(new IllegalStateException("password=hunter2"));

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(body(response).get("code")).isEqualTo(Value.of("CON-UNEXPECTED"));
        assertThat((String) response.getEntity()).doesNotContain("hunter2");
    }

    private static Value.Obj body(Response response) {
        return (Value.Obj) CanonicalJson.parse((String) response.getEntity());
    }
}
