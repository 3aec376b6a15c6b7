package io.gossip.netty;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.gossip.Address;

/** What one look for the seeds has brought so far, within its limits. */
final class SeedAnswer {

	/** The most addresses that one answer may name. */
	static final int ADDRESSES_MAX = 256;

	/** The most names that are looked up, each of which may take seconds. */
	static final int LOOKUPS_MAX = 256;

	/** The most problems that are told. */
	static final int PROBLEMS_MAX = 8;

	private static final int TEXT_CHARS_MAX = 120;

	private final Set<Address> addresses = new LinkedHashSet<>();

	private final List<String> problems = new ArrayList<>();

	private int problemsUntold;

	private int lookups;

	private boolean isSelfNamed;

	/** Whether one more name may be looked up, and is worth it. */
	boolean takeLookup() {
		if (++this.lookups == LOOKUPS_MAX + 1) {
			problem("more than " + LOOKUPS_MAX + " names are not looked up");
		}
		// The thread is interrupted when the node ends.
		return this.lookups <= LOOKUPS_MAX && this.addresses.size() < ADDRESSES_MAX
				&& !Thread.currentThread().isInterrupted();
	}

	void address(Address address) {
		if (this.addresses.size() < ADDRESSES_MAX) {
			this.addresses.add(address);
		}
	}

	/** A seed is the node itself: it is left out, and no seed that cannot be found. */
	void self() {
		this.isSelfNamed = true;
	}

	void problem(String seed, String what) {
		String shown = seed.strip().replaceAll("\\p{Cntrl}", "?");
		problem("'" + ((shown.length() > TEXT_CHARS_MAX) ? shown.substring(0, TEXT_CHARS_MAX) + "..." : shown) + "' "
				+ what);
	}

	void problem(String sentence) {
		if (this.problems.size() < PROBLEMS_MAX) {
			this.problems.add(sentence);
		}
		else {
			this.problemsUntold++;
		}
	}

	SeedResolver.Seeds toSeeds(List<String> texts) {
		boolean isNone = this.problems.isEmpty() && this.addresses.isEmpty() && (this.lookups == 0 || this.isSelfNamed);
		if (this.problemsUntold > 0) {
			this.problems.add("and " + this.problemsUntold + " more");
		}
		return new SeedResolver.Seeds(texts, List.copyOf(this.addresses), List.copyOf(this.problems), isNone);
	}

}
