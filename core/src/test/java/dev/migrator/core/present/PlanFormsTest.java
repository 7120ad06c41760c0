package dev.migrator.core.present;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** The same facts in the other forms; what they look like lies in files that were read by eye. */
class PlanFormsTest {
    private final dev.migrator.core.plan.Plan plan = SamplePlans.plan();

    @Test
    void theCommentOnAPullRequestReadsAsItWasReviewed() throws IOException {
        Golden.assertIs("plan.md", PlanMarkdown.of(plan, SamplePlans.frame(plan)));
    }

    @Test
    void theDocumentForMachinesIsAsItWasReviewed() throws IOException {
        Golden.assertIs("plan.json", PlanJson.text(plan, SamplePlans.frame(plan)) + "\n");
    }

    @Test
    void thePageIsAsItWasReviewed() throws IOException {
        Golden.assertIs("plan.html", PlanHtml.of(plan, SamplePlans.frame(plan)));
    }

    @Test
    void thePageFetchesNothing() {
        var page = Jsoup.parse(PlanHtml.of(plan, SamplePlans.frame(plan)));

        assertThat(page.select("[src], [href], script, link, iframe, object, form"))
                .isEmpty();
        assertThat(page.select("style").html()).doesNotContain("url(", "@import");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'");
    }

    @Test
    void everyFormSaysWhatIsLostAndWhoIsConcerned() {
        var frame = SamplePlans.frame(plan);

        for (var form : new String[] {
            PlanText.of(plan, frame).plain().replaceAll("\\s+", " "),
            PlanMarkdown.of(plan, frame).replace("&#37;", "%"),
            PlanHtml.of(plan, frame)
        }) {
            assertThat(form)
                    .contains("about 61 % of records", "will be deleted", "refund-worker", "s3-archive", "143 d ago")
                    .contains("producers");
        }
        assertThat(PlanJson.text(plan, frame)).contains("\"older\":7412", "refund-worker", "connect-s3-archive");
    }

    @Test
    void aPlanWithNothingToDoHasEveryForm() {
        var nothing = SamplePlans.nothing();

        assertThat(PlanMarkdown.of(nothing, PlanFrame.BARE)).contains("There is nothing to do");
        assertThat(PlanHtml.of(nothing, PlanFrame.BARE)).contains("There is nothing to do");
        assertThat(PlanJson.text(nothing, PlanFrame.BARE)).contains("\"operations\":[]");
    }

    @Test
    void aCommentIsCutToWhatGitHubTakesAndHidesNothingWorseThanWhatItShows() {
        var large = SamplePlans.large(100_000);

        var markdown = PlanMarkdown.of(large, PlanFrame.BARE);

        assertThat(markdown.getBytes(StandardCharsets.UTF_8).length)
                .isBetween(PlanMarkdown.MOST_BYTES / 3, PlanMarkdown.MOST_BYTES);
        assertThat(markdown)
                .contains("<code>topic orders.legacy</code>", "Cut to fit")
                .endsWith("</sub>\n");
    }

    @Test
    void aHundredThousandOperationsAreWrittenOneByOne() throws IOException {
        var large = SamplePlans.large(100_000);
        var longest = new int[2];

        PlanJson.write(large, PlanFrame.BARE, new Appendable() {
            @Override
            public Appendable append(CharSequence text) {
                longest[0] = Math.max(longest[0], text.length());
                longest[1]++;
                return this;
            }

            @Override
            public Appendable append(CharSequence text, int start, int end) {
                return append(text.subSequence(start, end));
            }

            @Override
            public Appendable append(char c) {
                return append(String.valueOf(c));
            }
        });

        assertThat(longest[0]).isLessThan(10_000);
        assertThat(longest[1]).isGreaterThan(200_000);
        assertThat(PlanHtml.of(large, PlanFrame.BARE).length()).isLessThan(2_000_000);
    }
}
