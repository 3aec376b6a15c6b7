package io.gossip.sample;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.gossip.MemberState;
import io.gossip.MemberStatus;

import org.springframework.boot.ansi.AnsiColor;
import org.springframework.boot.ansi.AnsiElement;
import org.springframework.boot.ansi.AnsiOutput;
import org.springframework.boot.ansi.AnsiStyle;

/**
 * Where the story is printed. Colours only on a terminal and never under
 * {@code NO_COLOR}; ASCII only where the terminal does not show UTF-8.
 */
final class DemoConsole {

	private static final String INDENT = "         ";

	private final PrintStream out;

	private final boolean unicode;

	private final long startNanos = System.nanoTime();

	/**
	 * A console.
	 * @param out what to print to
	 * @param unicode whether it shows more than ASCII
	 */
	DemoConsole(PrintStream out, boolean unicode) {
		this.out = out;
		this.unicode = unicode;
	}

	/** The console of this process. */
	static DemoConsole ofProcess() {
		if (isColourRefused()) {
			AnsiOutput.setEnabled(AnsiOutput.Enabled.NEVER);
		}
		boolean unicode = Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
			.map(System::getProperty)
			.filter(Objects::nonNull)
			.findFirst()
			.filter(Charset::isSupported)
			.map(Charset::forName)
			.filter(StandardCharsets.UTF_8::equals)
			.isPresent();
		return new DemoConsole(System.out, unicode);
	}

	/** Whether the user has asked for no colours (https://no-color.org). */
	static boolean isColourRefused() {
		String noColor = System.getenv("NO_COLOR");
		return noColor != null && !noColor.isEmpty();
	}

	/**
	 * Prints a line without a time.
	 * @param text the line
	 */
	void line(String text) {
		this.out.println(text);
	}

	/**
	 * Prints what happened, after the seconds since the start.
	 * @param text what happened
	 */
	void event(String text) {
		double seconds = (System.nanoTime() - this.startNanos) / 1e9;
		String time = String.format(Locale.ROOT, "%6.2f s ", seconds);
		this.out.println(styled(AnsiStyle.FAINT, time) + text);
	}

	/**
	 * Prints a step that is done.
	 * @param text what has been shown
	 */
	void done(String text) {
		event(styled(AnsiColor.GREEN, ((this.unicode) ? "\u2713 " : "ok ") + text));
	}

	/**
	 * Prints that the story has failed.
	 * @param text which step, and why
	 */
	void failed(String text) {
		event(styled(AnsiColor.RED, ((this.unicode) ? "\u2717 " : "FAILED ") + text));
	}

	/**
	 * Prints the views of some nodes, a row each: state and incarnation of every node.
	 * @param observers the nodes whose views are printed
	 * @param nodes the nodes that the views are about
	 */
	void views(List<DemoNode> observers, List<DemoNode> nodes) {
		StringBuilder header = new StringBuilder(String.format(Locale.ROOT, "%-10s", "view of"));
		nodes.forEach((node) -> header.append(String.format(Locale.ROOT, "%-12s", node.name())));
		this.out.println(INDENT + styled(AnsiStyle.FAINT, header + "view hash"));
		for (DemoNode observer : observers) {
			StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-10s", observer.name()));
			nodes.forEach((node) -> row.append(observer.statusOf(node).map(DemoConsole::cell).orElse("?           ")));
			this.out.println(INDENT + row + hash(observer.view().hash()));
		}
	}

	/** A view hash as sixteen hexadecimal digits. */
	private static String hash(long hash) {
		return String.format(Locale.ROOT, "%016x", hash);
	}

	private static String cell(MemberStatus status) {
		String text = status.state().name().toLowerCase(Locale.ROOT) + " " + status.incarnation();
		return styled(colour(status.state()), String.format(Locale.ROOT, "%-12s", text));
	}

	private static AnsiColor colour(MemberState state) {
		return switch (state) {
			case ALIVE -> AnsiColor.GREEN;
			case SUSPECT -> AnsiColor.YELLOW;
			case DEAD -> AnsiColor.RED;
			case LEFT -> AnsiColor.DEFAULT;
		};
	}

	private static String styled(AnsiElement style, String text) {
		return AnsiOutput.toString(style, text);
	}

}
