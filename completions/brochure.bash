# bash completion for brochure(1) and brochure-links(1)
_brochure_files()
{
	local IFS=$'\n'
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen -d -- "$cur"; compgen -f -X "!*.$1" -- "$cur")
}

_brochure()
{
	local cur=$2 previous=$3 options words=()
	# "=" is a word of its own to readline
	if [[ $cur == = ]]; then
		cur='' previous+='='
	elif [[ $previous == = ]]; then
		previous=${COMP_WORDS[COMP_CWORD - 2]}=
	fi
	# a value that may be left out is never a word of its own
	[[ $previous == --fix= ]] || previous=${previous%=}
	case ${1##*/}:$previous in
	*:--diagnostics) words=(text github json sarif) ;;
	brochure:--pdf) words=(1.7 2.0) ;;
	brochure:--for) words=(screen print) ;;
	brochure:--dump) words=(layout tags speech) ;;
	brochure:-c | brochure:--cities) _brochure_files csv; return ;;
	brochure:-o | brochure:--output) _brochure_files pdf; return ;;
	brochure:--logos | brochure:--new) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
	brochure-links:--fix=) words=(any) ;;
	brochure-links:--text) _brochure_files md; return ;;
	brochure-links:--cache) _brochure_files json; return ;;
	*:--allow | *:--jobs | *:--timeout | *:--retries | *:--concurrency) return ;;
	esac
	if [[ $cur == -* ]]; then
		options=$(LC_ALL=C "$1" --help 2>/dev/null | grep -oE -- '--[a-z]+(-[a-z]+)*' | sort -u)
		mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
	elif [[ ${#words[@]} -gt 0 ]]; then
		mapfile -t COMPREPLY < <(compgen -W "${words[*]}" -- "$cur")
	elif [[ ${1##*/} == brochure-links ]]; then
		_brochure_files csv
	else
		_brochure_files md
	fi
}

complete -F _brochure brochure brochure-links
