package dev.migrator.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    @TempDir
    Path folder;

    @Test
    void aUserIsFoundByTokenWithExactlyTheRolesGranted() throws IOException {
        var users = read("""
                users:
                  - {name: alice, tokenSha256: "%s", roles: [viewer, Requester]}
                  - {name: bob, tokenSha256: "%s", roles: []}
                """.formatted(digest("alices token"), digest("bobs token")));

        assertThat(users.byToken("alices token"))
                .hasValue(new Users.User("alice", Set.of(Users.Role.VIEWER, Users.Role.REQUESTER)));
        assertThat(users.byToken("bobs token")).hasValue(new Users.User("bob", Set.of()));
        assertThat(users.byToken("another token")).isEmpty();
        assertThat(users.byToken(digest("alices token"))).isEmpty();
        assertThat(users.byToken("")).isEmpty();
    }

    @Test
    void groupsAreWhatPoliciesAskApprovalsOf() throws IOException {
        var users = read("users: [{name: alice, tokenSha256: \"%s\", roles: [approver], groups: [dba, orders-owners]}]"
                .formatted(digest("t")));

        assertThat(users.byToken("t").orElseThrow().groups()).containsExactlyInAnyOrder("dba", "orders-owners");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a b\"]", "[\"\"]", "[\"-a\"]", "[1]", "dba", "{a: b}"})
    void groupsThatCannotBeAreAnError(String groups) {
        assertThatThrownBy(() -> read("users: [{name: alice, tokenSha256: \"%s\", roles: [], groups: %s}]"
                        .formatted(digest("t"), groups)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("CON-USERS"));
    }

    @Test
    void anUnknownRoleIsAnErrorThatNamesTheUserAndTheRoles() {
        assertThatThrownBy(() -> read(
                        "users: [{name: alice, tokenSha256: \"%s\", roles: [viewer, admin]}]".formatted(digest("t"))))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo("CON-USERS");
                    assertThat(e.problem().thing()).contains("alice");
                    assertThat(e.problem().expected()).contains("viewer", "requester", "approver", "operator");
                    assertThat(e.problem().found()).isEqualTo("admin");
                });
    }

    @Test
    void oneTokenForTwoUsersIsAnErrorThatNamesBoth() {
        assertThatThrownBy(() -> read("""
                        users:
                          - {name: alice, tokenSha256: "%s", roles: [viewer]}
                          - {name: bob, tokenSha256: "%s", roles: [approver]}
                        """.formatted(digest("t"), digest("t"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("CON-USERS")
                .hasMessageContaining("alice and bob");
    }

    @Test
    void aMissingFileIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> Users.read(folder.resolve("users.yaml")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("users.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "users: alice",
                "people: []",
                "users: [{name: alice, roles: [viewer]}]",
                "users: [{name: alice, tokenSha256: the-token-itself, roles: [viewer]}]",
                "users: [{name: alice, tokenSha256: 12, roles: [viewer]}]"
            })
    void aFileOfAnotherShapeIsAnError(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("CON-USERS"));
    }

    @Test
    void anErrorNeverShowsAToken() {
        assertThatThrownBy(() -> read("users: [{name: alice, tokenSha256: the-token-itself, roles: [viewer]}]"))
                .hasMessageNotContaining("the-token-itself");
    }

    private Users read(String yaml) throws IOException {
        return Users.read(Files.writeString(folder.resolve("users.yaml"), yaml));
    }

    private static String digest(String token) {
        return Digest.ofText(token).hex();
    }
}
