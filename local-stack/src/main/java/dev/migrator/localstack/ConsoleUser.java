package dev.migrator.localstack;

import java.util.List;
import java.util.Locale;

/** People of the local stack. Whoever asks for a migration is not who approves it. */
enum ConsoleUser {
    DEVELOPER(List.of("viewer", "requester")),
    APPROVER(List.of("viewer", "approver"), "platform"),
    /** The second one, where two have to approve. */
    OWNER(List.of("viewer", "approver"), "orders-owners"),
    OPERATOR(List.of("viewer", "requester", "operator")),
    VIEWER(List.of("viewer"));

    private final List<String> roles;
    private final List<String> groups;

    ConsoleUser(List<String> roles, String... groups) {
        this.roles = roles;
        this.groups = List.of(groups);
    }

    List<String> groups() {
        return groups;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<String> roles() {
        return roles;
    }
}
