package dev.migrator.core.present;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.migrator.core.canonical.CanonicalJson;
import dev.migrator.core.impact.SurroundingsCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Whoever names a topic, a group or a check: no form of a plan does what the name says. */
class HostileTextPropertyTest {
    private static final Pattern OUR_COLOURS = Pattern.compile("\u001b\\[(0|1|2|31|32|33|1;33)m");
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");
    private static final Set<String> TAGS = Set.of(
            "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "article", "h1",
            "h2", "h3", "h4", "p", "ul", "li", "b", "strong", "code", "span", "table", "tbody", "tr", "th", "td", "del",
            "ins", "details", "summary", "dl", "dt", "dd", "pre");
    private static final Set<String> INLINE_HTML = Set.of("<code>", "</code>", "<br>", "<sub>", "</sub>", "<!-- -->");
    private static final Parser GITHUB = Parser.builder()
            .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
            .build();

    @Property(tries = 400)
    void aTerminalShowsItAndDoesNothingElse(@ForAll long seed) {
        var plan = RandomPlans.plan(seed);
        var text = PlanText.of(plan, RandomPlans.frame(seed, plan));

        assertThat(STEERING.matcher(text.plain().replace("\n", "")).find()).isFalse();
        var rest = OUR_COLOURS.matcher(text.ansi()).replaceAll("").replace("\n", "");
        assertThat(STEERING.matcher(rest).find()).isFalse();
    }

    @Property(tries = 400)
    void aPageHasOurElementsAndNoOthers(@ForAll long seed) {
        var plan = RandomPlans.plan(seed);
        var frame = RandomPlans.frame(seed, plan);

        var html = PlanHtml.of(plan, frame);

        assertThat(STEERING.matcher(html.replace("\n", "")).find()).isFalse();
        var page = Jsoup.parse(html);
        for (Element element : page.getAllElements()) {
            if (!element.tagName().equals("#root")) {
                assertThat(TAGS).contains(element.tagName());
            }
            element.attributes()
                    .forEach(attribute -> assertThat(attribute.getKey())
                            .isIn("lang", "charset", "name", "content", "http-equiv", "class", "id", "scope"));
        }
        assertThat(page.select("article"))
                .hasSize((int) Math.min(frame.maxOperations(), plan.operations().count()));
        assertThat(page.select("article article, pre *")).isEmpty();
    }

    @Property(tries = 400)
    void aCommentOnAPullRequestHasOurStructureAndNoOther(@ForAll long seed) {
        var plan = RandomPlans.plan(seed);
        var frame = RandomPlans.frame(seed, plan);

        var markdown = PlanMarkdown.of(plan, frame);

        assertThat(markdown.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(PlanMarkdown.MOST_BYTES);
        assertThat(STEERING.matcher(markdown.replace("\n", "")).find()).isFalse();
        var found = new Structure();
        GITHUB.parse(markdown).accept(found);
        assertThat(found.linksAndImages).isEmpty();
        assertThat(found.inlineHtml).isSubsetOf(INLINE_HTML);
        assertThat(found.htmlBlocks)
                .allMatch(block -> block.startsWith("<details><summary>Before, after, undo and users")
                        || block.equals("</details>"));
        assertThat(found.headings).isEqualTo(1 + plan.phases().size());
        assertThat(found.mentions).isEmpty();
        int tables = (int) plan.phases().stream()
                .filter(phase -> markdown.contains("| # |"))
                .count();
        assertThat(found.rows)
                .isBetween(
                        (int) Math.min(frame.maxOperations(), plan.operations().count()),
                        (int) plan.operations().count() + tables);
    }

    @Property(tries = 400)
    void jsonFitsItsPublishedSchema(@ForAll long seed) throws IOException {
        var plan = RandomPlans.plan(seed);

        var json = PlanJson.text(plan, RandomPlans.frame(seed, plan));

        // the validator's reader refuses half of a pair, even written as an escape
        var readable = json.replaceAll("\\\\ud[89a-f][0-9a-f]{2}", "?");
        assertThat(SCHEMA.validate(readable, InputFormat.JSON)).isEmpty();
        assertThat(CanonicalJson.text(CanonicalJson.parse(json))).isEqualTo(json);
    }

    @Property(tries = 200)
    void whatWasSeenIsReadBackAsItWasWritten(@ForAll long seed) {
        var plan = RandomPlans.plan(seed);
        RandomPlans.frame(seed, plan)
                .surroundings()
                .ifPresent(seen -> assertThat(SurroundingsCodec.read(SurroundingsCodec.bytes(seen)))
                        .isEqualTo(seen));
    }

    private static final Schema SCHEMA = schema();

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            Files.readString(Path.of("../manifests/src/main/resources/schemas/plan.schema.json")),
                            InputFormat.JSON);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What a reader of GitHub's Markdown makes of a text. */
    private static final class Structure extends AbstractVisitor {
        private final List<String> linksAndImages = new ArrayList<>();
        private final List<String> inlineHtml = new ArrayList<>();
        private final List<String> htmlBlocks = new ArrayList<>();
        private final List<String> mentions = new ArrayList<>();
        private int headings;
        private int rows;
        private int inCode;

        @Override
        public void visit(Link link) {
            linksAndImages.add(link.getDestination());
        }

        @Override
        public void visit(Image image) {
            linksAndImages.add(image.getDestination());
        }

        @Override
        public void visit(HtmlInline html) {
            inlineHtml.add(html.getLiteral());
            inCode += html.getLiteral().equals("<code>") ? 1 : html.getLiteral().equals("</code>") ? -1 : 0;
        }

        @Override
        public void visit(HtmlBlock html) {
            htmlBlocks.add(html.getLiteral());
        }

        @Override
        public void visit(Heading heading) {
            headings++;
            visitChildren(heading);
        }

        @Override
        public void visit(FencedCodeBlock block) {
            // shown as it is
        }

        /** GitHub looks for people and issues in text that is not code. */
        @Override
        public void visit(Text text) {
            if (inCode == 0 && text.getLiteral().matches("(?s).*[@#]\\w.*")) {
                mentions.add(text.getLiteral());
            }
        }

        @Override
        public void visit(CustomNode node) {
            rows += node instanceof TableRow ? 1 : 0;
            visitChildren(node);
        }
    }
}
