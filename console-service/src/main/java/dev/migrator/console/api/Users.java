package dev.migrator.console.api;

import dev.migrator.core.canonical.Digest;
import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.error.ProblemException;
import dev.migrator.manifests.yaml.YamlReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Who may call. Read from a YAML file, one item a user: {@code {name: alice, tokenSha256: <64 hex digits>, roles: [viewer,
 * requester]}}. Tokens themselves are never stored; who is not in the file may not call.
 */
public final class Users {
    /** What a user may do; each is granted on its own. */
    public enum Role {
        VIEWER,
        REQUESTER,
        APPROVER,
        OPERATOR
    }

    /** A caller whose token was found. */
    public record User(String name, Set<Role> roles) {
        public User {
            roles = Set.copyOf(roles);
        }
    }

    private final Map<String, User> byTokenDigest;

    private Users(Map<String, User> byTokenDigest) {
        this.byTokenDigest = Map.copyOf(byTokenDigest);
    }

    /** @throws ProblemException with code {@code CON-USERS} naming what is not as it should be */
    public static Users read(Path file) {
        var content = YamlReader.standard().read(file, file.getFileName().toString());
        if (!content.findings().isEmpty()) {
            throw new ProblemException(content.findings().getFirst().problem());
        }
        try {
            var users = new HashMap<String, User>();
            var list = (Value.Arr) ((Value.Obj) content.documents().getFirst().value()).get("users");
            for (Value item : list.items()) {
                var line = (Value.Obj) item;
                var name = ((Value.Text) line.get("name")).value();
                var token = Digest.parse(((Value.Text) line.get("tokenSha256")).value());
                var other = users.put(token.hex(), new User(name, roles(name, (Value.Arr) line.get("roles"))));
                if (other != null) {
                    throw sameToken(other.name(), name);
                }
            }
            return new Users(users);
        } catch (ClassCastException | IllegalArgumentException | NoSuchElementException e) {
            throw new ProblemException(
                    Problem.of("CON-USERS", "the users file is not as it should be")
                            .about(file.getFileName().toString())
                            .expected("users: a list of {name, tokenSha256: <64 hex digits>, roles: [viewer, ...]}")
                            .todo("correct the file and start the console again"),
                    e);
        }
    }

    /** The user whose token this is. Looked up by its digest, so timing tells nothing about the tokens. */
    public Optional<User> byToken(String token) {
        return Optional.ofNullable(byTokenDigest.get(Digest.ofText(token).hex()));
    }

    /** Whose decision would it be? */
    private static ProblemException sameToken(String one, String other) {
        return new ProblemException(Problem.of("CON-USERS", "two users have one token in the users file")
                .about("users " + one + " and " + other)
                .expected("a token of its own for each user")
                .todo("give one of them a new token and start the console again"));
    }

    private static Set<Role> roles(String user, Value.Arr names) {
        var roles = EnumSet.noneOf(Role.class);
        for (Value name : names.items()) {
            var text = ((Value.Text) name).value();
            roles.add(Arrays.stream(Role.values())
                    .filter(role -> role.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(Problem.of("CON-USERS", "an unknown role in the users file")
                            .about("user " + user)
                            .expected(Arrays.toString(Role.values()).toLowerCase(Locale.ROOT))
                            .found(text))));
        }
        return roles;
    }
}
