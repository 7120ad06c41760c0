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
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who may call. Read from a YAML file, one item a user: {@code {name: alice, tokenSha256: <64 hex digits>, roles: [viewer,
 * requester], groups: [orders-owners]}}, groups being what policies ask approvals of. Tokens themselves are never stored; who is not in the file may not call.
 */
public final class Users {
    /** What a user may do; each is granted on its own. */
    public enum Role {
        VIEWER,
        REQUESTER,
        APPROVER,
        OPERATOR
    }

    /**
     * A caller whose token was found.
     *
     * @param groups that count when a policy asks for approvals of a group
     */
    public record User(String name, Set<Role> roles, Set<String> groups) {
        public User {
            roles = Set.copyOf(roles);
            groups = Set.copyOf(groups);
        }

        /** Someone who is in no group. */
        public User(String name, Set<Role> roles) {
            this(name, roles, Set.of());
        }
    }

    /** As many as a signed approval may name. */
    private static final int MAX_GROUPS = 20;

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

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
                var user = new User(name, roles(name, (Value.Arr) line.get("roles")), groups(name, line.get("groups")));
                var other = users.put(token.hex(), user);
                if (other != null) {
                    throw sameToken(other.name(), name);
                }
            }
            return new Users(users);
        } catch (ClassCastException | IllegalArgumentException | NoSuchElementException e) {
            throw new ProblemException(
                    Problem.of("CON-USERS", "the users file is not as it should be")
                            .about(file.getFileName().toString())
                            .expected(
                                    "users: a list of {name, tokenSha256: <64 hex digits>, roles: [viewer, ...], groups: [...]}")
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

    private static Set<String> groups(String user, Value names) {
        var groups = new HashSet<String>();
        if (!names.isNull()) {
            ((Value.Arr) names).items().forEach(name -> groups.add(((Value.Text) name).value()));
        }
        if (groups.size() > MAX_GROUPS || !groups.stream().allMatch(GROUP.asMatchPredicate())) {
            throw new ProblemException(Problem.of("CON-USERS", "the groups of a user are not as they should be")
                    .about("user " + user)
                    .expected("at most " + MAX_GROUPS + " groups, each of 1 to 64 letters, digits, . _ -")
                    .todo("correct the file and start the console again"));
        }
        return groups;
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
