# SPDX-License-Identifier: GPL-2.0-only
#
# declared.awk: prints the functions that headers declare without a comment, which stands
# above the paragraph of the declaration or behind it on its line. Arguments: headers.

FNR == 1 { within = commented = 0 }
/^\/\*/ { within = 1 }
within { commented = 1; within = !/\*\//; next }
/^$/ { commented = 0 }
/^[a-z][a-z0-9_ ]*[ *][a-z0-9_]+\(.*[;,]/ && !/^static|^typedef/ && !commented && !/\/\*/ {
	print FILENAME ":" FNR ": without a comment: " $0
	missing = 1
}
END { exit missing }
