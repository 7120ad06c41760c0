package dev.migrator.core.rules;

import static dev.migrator.core.rules.Rule.error;

import java.util.List;

/** What a Quota manifest has to be beyond its shape. */
final class QuotaRules {
    static final List<Rule> ALL = List.of(
            error(
                    "QUO-ENTITY",
                    "Kafka has no quotas for this",
                    "spec.entity: user, clientId or both, or ip alone; each by name or by default",
                    "a broker refuses it, or never finds a client that it holds for",
                    "name a user, a client id, both of them, or an ip"),
            error(
                    "QUO-LIMIT",
                    "this limit is none for whom the quota holds",
                    "spec.limits, against spec.entity",
                    "new connections are counted by ip, all else by user and client id; a broker refuses any other pair",
                    "move connectionCreationRate to a quota of an ip, and the others to one of a user or client id"),
            error(
                    "QUO-NO-LIMIT",
                    "a quota limits nothing",
                    "spec.limits: at least one that is not null",
                    "Kafka keeps no quota without a limit, so it could never be found to be there",
                    "write a limit; to be rid of the quota, write state: absent"),
            error(
                    "QUO-RESERVED",
                    "quotas of this name are in use by the migrator itself",
                    "spec.entity.user",
                    "where a cluster has no authorizer, the migrator writes such a quota to prove that each broker shows its writes,"
                            + " and removes it again",
                    "use another name"));

    private QuotaRules() {}
}
