package dev.migrator.core.bundle;

import dev.migrator.core.canonical.Value;
import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.Nearest;
import dev.migrator.core.kinds.Notes;
import dev.migrator.core.kinds.Shape;
import dev.migrator.core.model.Suppression;
import dev.migrator.core.rules.Rule;
import dev.migrator.core.rules.Rules;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** {@code metadata.suppress}: what a manifest does not want to hear of, and why. */
final class SuppressionReader {
    static final String FIELD = "suppress";
    static final String PLACE = "/metadata/" + FIELD;

    /** Letters and digits of a reason, at least: enough for a few words, too much for "ok" and "n/a". */
    static final int MIN_REASON = 10;

    private static final int MAX = 50;

    static final Shape SHAPE = new Shape.Items(
            Shape.fields()
                    .required("rule", Shape.anyText(64))
                    .required("reason", Shape.anyText(500))
                    .optional("until", Shape.text("[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day like 2027-01-31")),
            1,
            MAX);

    private SuppressionReader() {}

    /** @param metadata of the right shape; {@code notes} say what is wrong with it beyond that */
    static List<Suppression> read(Value.Obj metadata, Notes notes) {
        if (!(metadata.get(FIELD) instanceof Value.Arr(var items))) {
            return List.of();
        }
        var read = new ArrayList<Suppression>();
        var seen = new HashSet<String>();
        for (int i = 0; i < items.size(); i++) {
            var item = (Value.Obj) items.get(i);
            var place = PLACE + "/" + i;
            var rule = ManifestReader.text(item, "rule").orElseThrow();
            var reason = ManifestReader.text(item, "reason").orElseThrow();
            if (isSuppressible(rule, place + "/rule", notes) && !seen.add(rule)) {
                notes.error(
                        place + "/rule",
                        Problem.of("SUP-REPEATED", "a rule is suppressed twice")
                                .expected("each rule once")
                                .found(rule));
            }
            if (reason.codePoints().filter(Character::isLetterOrDigit).count() < MIN_REASON) {
                notes.error(
                        place + "/reason",
                        Problem.of("SUP-REASON", "the reason of a suppression says nothing")
                                .expected("why, in at least " + MIN_REASON + " letters or digits")
                                .found(reason));
            }
            read.add(new Suppression(rule, reason, until(item, place + "/until", notes)));
        }
        return List.copyOf(read);
    }

    private static boolean isSuppressible(String code, String place, Notes notes) {
        var rule = Rules.find(code);
        if (rule.isEmpty()) {
            notes.error(
                    place,
                    Problem.of("SUP-UNKNOWN-RULE", "there is no such rule to suppress")
                            .expected("the code of a rule that can be suppressed")
                            .found(code)
                            .todo(Nearest.to(code, codes())
                                    .map(near -> "did you mean " + near + "?")
                                    .orElse("migrator explain --all lists all rules")));
        } else if (!rule.get().suppressible()) {
            notes.error(
                    place,
                    Problem.of("SUP-NOT-POSSIBLE", "this rule cannot be suppressed")
                            .expected("the code of a rule that can be suppressed")
                            .found(code)
                            .todo("remove the suppression, and correct what the rule finds"));
        }
        return rule.filter(Rule::suppressible).isPresent();
    }

    private static List<String> codes() {
        return Rules.all().stream().filter(Rule::suppressible).map(Rule::code).toList();
    }

    private static Optional<LocalDate> until(Value.Obj item, String place, Notes notes) {
        return ManifestReader.text(item, "until").flatMap(written -> {
            try {
                return Optional.of(LocalDate.parse(written));
            } catch (DateTimeException _) {
                notes.error(
                        place,
                        Problem.of("MAN-VALUE", "a value is not one that the field can have")
                                .expected("a day of the calendar, like 2027-01-31")
                                .found(written));
                return Optional.empty();
            }
        });
    }
}
