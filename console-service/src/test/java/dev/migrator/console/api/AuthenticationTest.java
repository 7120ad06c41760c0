package dev.migrator.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    @TempDir
    Path folder;

    private final Authentication authentication = new Authentication();
    private final Caller caller = new Caller();

    @BeforeEach
    void readUsers() throws IOException {
        var file = Files.writeString(
                folder.resolve("users.yaml"),
                "users: [{name: alice, tokenSha256: \"%s\", roles: [viewer]}]"
                        .formatted(Digest.ofText("secret").hex()));
        var users = Users.read(file);
        authentication.users = only("get", users, Instance.class);
        authentication.caller = caller;
    }

    @Test
    void aKnownTokenSaysWhoCalls() {
        authentication.authenticate(request("Bearer secret"));
        assertThat(caller.name()).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer another", "Basic secret", "secret"})
    void anythingElseIsAnswered401(String header) {
        assertThatThrownBy(() -> authentication.authenticate(request(header)))
                .isInstanceOfSatisfying(ApiProblem.class, e -> {
                    assertThat(e.status()).isEqualTo(401);
                    assertThat(e.problem().code()).isEqualTo("CON-UNAUTHENTICATED");
                });
    }

    @Test
    void noHeaderAtAllIsAnswered401() {
        assertThatThrownBy(() -> authentication.authenticate(request(null)))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(401));
    }

    @Test
    void aRoleThatWasNotGrantedIsAnswered403() {
        authentication.authenticate(request("Bearer secret"));
        caller.needs(Users.Role.VIEWER);

        for (Users.Role role : new Users.Role[] {Users.Role.REQUESTER, Users.Role.APPROVER, Users.Role.OPERATOR}) {
            assertThatThrownBy(() -> caller.needs(role)).isInstanceOfSatisfying(ApiProblem.class, e -> {
                assertThat(e.status()).isEqualTo(403);
                assertThat(e.problem().code()).isEqualTo("CON-FORBIDDEN");
                assertThat(e.problem().thing()).isEqualTo("user alice");
            });
        }
    }

    @Test
    void nobodyMayDoNothing() {
        assertThatThrownBy(() -> new Caller().needs(Users.Role.VIEWER))
                .isInstanceOfSatisfying(
                        ApiProblem.class, e -> assertThat(e.status()).isEqualTo(403));
    }

    private static ContainerRequestContext request(String authorization) {
        return only("getHeaderString", authorization, ContainerRequestContext.class);
    }

    /** Answers that one method, and nothing else. */
    private static <T> T only(String method, Object answer, Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, called, _) -> {
            if (called.getName().equals(method)) {
                return answer;
            }
            throw new UnsupportedOperationException(called.toString());
        }));
    }
}
