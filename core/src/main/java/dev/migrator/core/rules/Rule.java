package dev.migrator.core.rules;

import dev.migrator.core.error.Finding.Severity;
import java.util.Objects;

/**
 * A rule that manifests are judged by. Its code is that of the findings it gives.
 *
 * @param code stable, e.g. {@code TOP-NAME}
 * @param severity of its findings
 * @param judged what has to be known before it can be judged
 * @param suppressible whether a manifest may say, with a reason, that it does not want to hear of it
 * @param title what is wrong, as in {@code docs/errors.md}
 * @param looksAt what exactly is compared with what
 * @param why what goes wrong when it is not heeded
 * @param todo what the author of the manifest can do
 */
public record Rule(
        String code,
        Severity severity,
        Judged judged,
        boolean suppressible,
        String title,
        String looksAt,
        String why,
        String todo) {
    /** What has to be known before a rule can be judged. */
    public enum Judged {
        /** The files alone: {@code migrator validate DIR}. */
        OFFLINE("offline"),
        /** The manifests and what the target says: when a plan is made. */
        ENVIRONMENT("against an environment"),
        /** {@code environments.yaml} alone, when it is read. */
        ENVIRONMENTS_FILE("in environments.yaml");

        private final String words;

        Judged(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public Rule {
        for (var text : new String[] {code, title, looksAt, why, todo}) {
            if (text == null || text.isBlank()) {
                throw new IllegalArgumentException("a rule says everything about itself: " + code);
            }
        }
        Objects.requireNonNull(severity);
        Objects.requireNonNull(judged);
    }

    /** An error, judged offline, that no manifest can suppress. */
    static Rule error(String code, String title, String looksAt, String why, String todo) {
        return new Rule(code, Severity.ERROR, Judged.OFFLINE, false, title, looksAt, why, todo);
    }

    /** A warning, judged offline, that a manifest may suppress. */
    static Rule warning(String code, String title, String looksAt, String why, String todo) {
        return new Rule(code, Severity.WARNING, Judged.OFFLINE, true, title, looksAt, why, todo);
    }

    /** It is about a change and told to the approver: the author of the manifest has no say in that. */
    Rule againstAnEnvironment() {
        return new Rule(code, severity, Judged.ENVIRONMENT, false, title, looksAt, why, todo);
    }

    /** That file has no place for a suppression. */
    Rule inTheEnvironmentsFile() {
        return new Rule(code, severity, Judged.ENVIRONMENTS_FILE, false, title, looksAt, why, todo);
    }

    Rule thatMayBeSuppressed() {
        return new Rule(code, severity, judged, true, title, looksAt, why, todo);
    }

    Rule thatMayNotBeSuppressed() {
        return new Rule(code, severity, judged, false, title, looksAt, why, todo);
    }
}
