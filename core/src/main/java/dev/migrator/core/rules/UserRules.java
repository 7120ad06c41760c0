package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;
import static dev.migrator.core.rules.Rule.warning;

import java.util.List;

/** What a KafkaUser manifest has to be beyond its shape. */
final class UserRules {
    static final List<Rule> ALL = List.of(
            warning(
                    "USR-NAME",
                    "the name of a user begins as a principal does",
                    "spec.address, or metadata.name",
                    "it becomes a user whose principal is User:User:…, and rules for User:… are none for it",
                    "leave out User:, which access rules have before the name"),
            error(
                    "USR-NO-MECHANISM",
                    "a user has no way to log in",
                    "spec.mechanisms: at least one that is not null",
                    "Kafka keeps no user without a password for some mechanism, so it could never be found to be there",
                    "write a mechanism; to be rid of the user, write state: absent"),
            error(
                    "USR-PASSWORD",
                    "a password is written into a manifest",
                    "spec.password, which has to be one reference to a secret",
                    "manifests are kept and shown; whoever reads them could log in",
                    "put the password where the executor reads secrets, refer to it, and choose another one: this one has been"
                            + " seen"));

    private UserRules() {}
}
