package dev.migrator.console.api;

import dev.migrator.core.error.Problem;
import jakarta.enterprise.context.RequestScoped;
import java.util.Set;

/** The user of the request at hand; set by {@link Authentication}. */
@RequestScoped
public class Caller {
    private Users.User user;

    void is(Users.User aUser) {
        user = aUser;
    }

    public String name() {
        return user.name();
    }

    public Set<String> groups() {
        return user.groups();
    }

    /** @throws ApiProblem 403 unless the caller has the role */
    public void needs(Users.Role role) {
        if (user == null || !user.roles().contains(role)) {
            throw new ApiProblem(
                    403,
                    Problem.of("CON-FORBIDDEN", "you may not do this")
                            .about(user == null ? "" : "user " + user.name())
                            .expected("role " + role.name().toLowerCase(java.util.Locale.ROOT))
                            .todo("ask someone who has the role, or for the role"));
        }
    }
}
