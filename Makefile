# The two commands are `make run` and `make test`; everything else is for contributors.
.PHONY: run test web check bench evaluate lock

run: ## start Picket (CONFIG=path for your own file)
	@scripts/setup.sh run
	@CONFIG="$(CONFIG)" scripts/run.sh

test: ## install what the tests need and run them all
	@scripts/setup.sh test
	@TESTS="$(TESTS)" scripts/test.sh

web: ## build the web page into src/picket/page, if its sources changed
	@scripts/setup.sh web

check: ## format, lint, types, import rules, documents
	@scripts/setup.sh test
	@scripts/check.sh

bench: ## measure cost next to a floor measured in the same run (BENCH=--full for everything)
	@scripts/setup.sh test
	@.venv/bin/python -m bench $(BENCH)

evaluate: ## score detection and tracking on the test clips (MODEL=file, DETECTOR=hog)
	@scripts/setup.sh test
	@MODEL="$(MODEL)" DETECTOR="$(DETECTOR)" scripts/evaluate.sh

lock: ## write the lock files anew
	@scripts/lock.sh
